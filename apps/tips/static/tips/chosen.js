/** One card of a list has the keys: it is followed by the focus, and brought into view when it changes. */
import { useEffect, useRef, useState } from "../screens/vendor/preact.js";

/**
 * Whether the focus is among the cards, and a way to take it there. It follows the chosen card, and stays with the list when
 * the last one is gone: a key pressed once too often still means the cards, and not the console.
 * @param {{ current: HTMLElement | null }} list @param {string | undefined} id the chosen card's `data-id`
 * @returns {[boolean, () => void]}
 */
export function useFocusKept(list, id) {
  const [has, setHas] = useState(false);
  const isWanted = useRef(false);
  const before = useRef(id);
  useEffect(() => {
    // A clicked button lets go of the focus for nobody; another place takes it.
    const came = (/** @type {FocusEvent} */ e) => setHas(Boolean(list.current?.contains(/** @type {Node} */ (e.target))));
    document.addEventListener("focusin", came);
    return () => document.removeEventListener("focusin", came);
  }, []);
  const item = () => /** @type {HTMLElement | null} */ (id ? list.current?.querySelector(`[data-id="${id}"]`) : list.current);
  useEffect(() => {
    const [isMoved, isAsked] = [before.current !== id, isWanted.current];
    [before.current, isWanted.current] = [id, false];
    if (!has || document.querySelector("dialog[open]")) return;
    const [chosen, active] = [item(), document.activeElement];
    // A button that is just being pressed keeps the focus and its place: moved away, it would not be clicked.
    const isFree = active === document.body || active === list.current || active?.matches("[data-id]");
    if (!chosen || chosen.contains(active) || !(isFree || (isMoved && isAsked))) return;
    chosen.focus({ preventScroll: true });
    if (isMoved && id) chosen.scrollIntoView({ block: "nearest" });
  });
  return [has, () => ((isWanted.current = true), setHas(true))];
}

/** @template {{ id: string }} T @param {T[]} items @param {string | undefined} chosen @param {number} step @returns {string} the id of the one that many further */
export function further(items, chosen, step) {
  const place = items.findIndex(({ id }) => id === chosen);
  return items[Math.max(0, Math.min(items.length - 1, place < 0 ? 0 : place + step))]?.id ?? "";
}
