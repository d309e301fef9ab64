/** Single keys for the chosen card: on the console while the focus is among the cards, on a page of their own everywhere. */
import { areOn } from "../screens/console/keys.js";
import { useEffect, useRef } from "../screens/vendor/preact.js";

/**
 * @param {Record<string, () => unknown>} keys by lower-case letter or name @param {boolean} everywhere @param {boolean} [isResting]
 * @returns {(press: KeyboardEvent) => void} for the element that holds the cards
 */
export function useByKey(keys, everywhere, isResting = false) {
  const pressed = (/** @type {KeyboardEvent} */ press) => {
    const name = press.key.length === 1 ? press.key.toLowerCase() : press.key;
    if (isResting || press.ctrlKey || press.metaKey || press.altKey || press.repeat || !keys[name]) return;
    if (document.querySelector("dialog[open]") || isTyped(press.target)) return;
    if (name.length === 1 && !areOn.peek()) return;
    // Here these keys mean the card; elsewhere the console has its own.
    press.preventDefault();
    press.stopPropagation();
    keys[name]();
  };
  // What is drawn is what a key means, also before the effects of that drawing have run.
  const latest = useRef(pressed);
  latest.current = pressed;
  useEffect(() => {
    if (!everywhere) return undefined;
    const heard = (/** @type {KeyboardEvent} */ press) => latest.current(press);
    addEventListener("keydown", heard);
    return () => removeEventListener("keydown", heard);
  }, [everywhere]);
  return everywhere ? () => {} : pressed;
}

/** @param {EventTarget | null} at */
const isTyped = (at) => at instanceof Element && at.closest("textarea, select, input:not([type=checkbox])") !== null;
