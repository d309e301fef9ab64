/** The console's keys. They rest while somebody types, while a dialog is open, and when they were switched off. */
import { signal } from "../vendor/preact.js";

const SWITCH = "console/keys";

/** Single keys can be switched off on this device (WCAG 2.1.4): dictation "types" them by accident. */
export const areOn = signal(read() !== "off");

/** What a card did last on this screen and can take back; `at` is when it was pressed. @type {import("../vendor/preact.js").Signal<{ at: number, act: () => void } | null>} */
export const lastOfCard = signal(null);

/** @param {boolean} on */
export function switchKeys(on) {
  areOn.value = on;
  try {
    localStorage.setItem(SWITCH, on ? "on" : "off");
  } catch {
    // It holds for this page at least.
  }
}

function read() {
  try {
    return localStorage.getItem(SWITCH);
  } catch {
    return null;
  }
}

/** The arrow key towards what comes next (or, `back`, before): where people write from the right, that is to the left. @returns {"ArrowRight" | "ArrowLeft"} */
export const arrowKey = (back = false) => (back === isMirrored() ? "ArrowRight" : "ArrowLeft");

const isMirrored = () => globalThis.document?.documentElement.dir === "rtl";

/**
 * The name of what a key press means, or "". @param {{ key: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, shiftKey?: boolean, repeat?: boolean }} press
 * @param {{ isTyping?: boolean, isDialogOpen?: boolean, isOnControl?: boolean, isOff?: boolean, ofCard?: string[] }} [where] `isOnControl`: a button or link
 *   has the focus, to which space and enter belong; `ofCard`: keys of the current card, which never take one of ours
 */
export function meaning(press, { isTyping = false, isDialogOpen = false, isOnControl = false, isOff = false, ofCard = [] } = {}) {
  if (press.repeat || isTyping || isDialogOpen) return "";
  const isCommand = Boolean(press.ctrlKey || press.metaKey);
  if (isCommand) return press.key.toLowerCase() === "z" && !press.shiftKey && !press.altKey ? "undo" : "";
  if (isOff || press.altKey || (press.key === " " && isOnControl)) return "";
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (key === arrowKey()) return "next_prompt";
  if (key === arrowKey(true)) return "previous_prompt";
  return MEANINGS[key] ?? (ofCard.includes(key) ? `card/${key}` : "");
}

/** @type {Record<string, string>} */
const MEANINGS = {
  n: "next",
  p: "back",
  " ": "pause",
  "+": "more",
  "=": "more",
  "-": "less",
  b: "blank",
  u: "undo",
  q: "join",
  a: "attendees",
  s: "stage",
  "?": "keys",
};

/**
 * Keys that the current segment's card brings: each button with `aria-keyshortcuts` (one letter) and `data-key-words` (what it does).
 * @returns {Map<string, HTMLButtonElement>}
 */
export function keysOfCard() {
  const found = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[aria-keyshortcuts][data-key-words]"));
  return new Map([...found].map((button) => [button.getAttribute("aria-keyshortcuts") ?? "", button]));
}

/**
 * @param {(name: string) => void} act
 * @param {() => boolean} isOpening whether a dialog is about to open: a letter typed for its field must not get here
 * @returns {() => void} stops listening
 */
export function listen(act, isOpening) {
  const pressed = (/** @type {KeyboardEvent} */ press) => {
    const at = /** @type {HTMLElement | null} */ (press.target instanceof HTMLElement ? press.target : null);
    const ofCard = keysOfCard();
    const name = meaning(press, {
      ofCard: [...ofCard.keys()],
      isTyping: Boolean(at?.closest("input, textarea, select, [contenteditable]")),
      isDialogOpen: isOpening() || document.querySelector("dialog[open]") !== null,
      isOnControl: Boolean(at?.closest("button, a, summary")),
      isOff: !areOn.peek(),
    });
    if (!name) return;
    press.preventDefault();
    if (name.startsWith("card/")) ofCard.get(name.slice("card/".length))?.click();
    else act(name);
  };
  // A button that was clicked keeps the focus, and would take the next space for itself: "pause" would be "next".
  const clicked = (/** @type {MouseEvent} */ click) => {
    const button = click.target instanceof Element ? click.target.closest("button") : null;
    if (click.detail > 0 && button && !button.closest("dialog")) button.blur();
  };
  addEventListener("keydown", pressed);
  addEventListener("click", clicked);
  return () => {
    removeEventListener("keydown", pressed);
    removeEventListener("click", clicked);
  };
}
