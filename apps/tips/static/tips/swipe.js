/** Sideways with a finger: far enough it counts, before that the card springs back. A mouse has buttons. */
import { useRef } from "../screens/vendor/preact.js";

// Less than this is a trembling tap.
const START = 14;
// Of the card's width, and never less than a deliberate move of the thumb.
const ENOUGH = 0.35;
const LEAST = 90;
// A card whose answer never came is not kept out of sight.
const PATIENCE = 4_000;

/**
 * Pointer handlers for a card. `end` is towards where lines end: right, where people write from the left. Each of the two
 * returns whether it was done, or a promise of that; a card that is done with stays away.
 * @param {{ end: () => unknown, start: () => unknown }} acts
 */
export function useSwipe(acts) {
  const now = useRef(/** @type {{ id: number, x: number, y: number, isOn: boolean, by: number } | null} */ (null));
  const swiped = useRef(false);
  const draw = (/** @type {HTMLElement} */ card, /** @type {number} */ by) => {
    card.style.setProperty("--swipe", `${by}px`);
    card.dataset.swipe = by === 0 ? "" : by * way(card) > 0 ? "end" : "start";
    card.dataset.sure = String(Math.abs(by) >= far(card));
  };
  const onPointerDown = (/** @type {PointerEvent} */ e) => {
    swiped.current = false;
    if (e.pointerType !== "mouse" && e.isPrimary) now.current = { id: e.pointerId, x: e.clientX, y: e.clientY, isOn: false, by: 0 };
  };
  const onPointerMove = (/** @type {PointerEvent} */ e) => {
    const drag = now.current;
    if (drag?.id !== e.pointerId) return;
    const card = /** @type {HTMLElement} */ (e.currentTarget);
    const [x, y] = [e.clientX - drag.x, e.clientY - drag.y];
    if (!drag.isOn && Math.abs(y) > START && Math.abs(y) > Math.abs(x)) now.current = null;
    else if (!drag.isOn && Math.abs(x) > START && Math.abs(x) > Math.abs(y)) {
      drag.isOn = swiped.current = true;
      card.setPointerCapture(e.pointerId);
    }
    if (drag.isOn) draw(card, (drag.by = x));
  };
  const over = (/** @type {PointerEvent} */ e) => {
    const [drag, card] = [now.current, /** @type {HTMLElement} */ (e.currentTarget)];
    now.current = null;
    if (!drag?.isOn) return;
    const isFar = e.type === "pointerup" && Math.abs(drag.by) >= far(card);
    if (!isFar) return draw(card, 0);
    const done = drag.by * way(card) > 0 ? acts.end() : acts.start();
    if (!done) return draw(card, 0);
    draw(card, Math.sign(drag.by) * card.clientWidth);
    const timer = setTimeout(() => draw(card, 0), PATIENCE);
    Promise.resolve(done).then((isDone) => isDone || (clearTimeout(timer), draw(card, 0)));
  };
  // Where a finger lets go after a swipe, it has not tapped.
  const onClickCapture = (/** @type {MouseEvent} */ e) => {
    if (!swiped.current) return;
    swiped.current = false;
    e.preventDefault();
    e.stopPropagation();
  };
  return { onPointerDown, onPointerMove, onPointerUp: over, onPointerCancel: over, onClickCapture };
}

/** @param {HTMLElement} card */
const far = (card) => Math.max(LEAST, card.clientWidth * ENOUGH);

/** 1 where lines run to the right. @param {HTMLElement} card */
const way = (card) => (isLeftToRight(card) ? 1 : -1);

export const isLeftToRight = (card = document.documentElement) => getComputedStyle(card).direction !== "rtl";
