/** Sheets from below, dialogs in the middle, toasts that pass. All are native <dialog> or live regions. */
import { html, signal, useEffect, useRef } from "../vendor/preact.js";
import { _ } from "../words.js";

/**
 * @param {{ title: string, onClose: () => void, kind?: "sheet" | "dialog", onKeyDown?: (press: KeyboardEvent) => void, children?: any }} props
 * Closed by its button, Escape and a tap beside it; focus returns to what opened it.
 */
export function Dialog({ title, onClose, kind = "dialog", onKeyDown, children }) {
  const frame = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const dialog = frame.current;
    const opener = /** @type {HTMLElement | null} */ (document.activeElement);
    dialog?.showModal();
    // On the whole, so that its name is read first and no button looks chosen.
    dialog?.focus();
    return () => {
      dialog?.close();
      opener?.focus?.();
    };
  }, []);
  const beside = (/** @type {MouseEvent} */ press) => press.target === frame.current && onClose();
  return html`
    <dialog ref=${frame} class=${kind} aria-label=${title} tabindex="-1" onKeyDown=${onKeyDown} onCancel=${(/** @type {Event} */ e) => (e.preventDefault(), onClose())} onClick=${beside}>
      <div class="stack">
        <div class="dialog-head">
          <h2 dir="auto">${title}</h2>
          <button type="button" class="button plain" onClick=${onClose}>${_("Close")}</button>
        </div>
        ${children}
      </div>
    </dialog>
  `;
}

export const Sheet = (/** @type {any} */ props) => html`<${Dialog} ...${props} kind="sheet" />`;

/** @type {import("../vendor/preact.js").Signal<{ text: string, action?: string, act?: () => void } | null>} */
const shown = signal(null);
let timer = 0;

/** Says one short thing for `seconds`; `action` and `act` offer one button, such as undo. */
export function toast(/** @type {string} */ text, { action = "", act = () => {}, seconds = 5 } = {}) {
  clearTimeout(timer);
  shown.value = { text, action, act };
  timer = window.setTimeout(() => (shown.value = null), seconds * 1000);
}

/** Place once on each screen. */
export function Toasts() {
  const now = shown.value;
  const press = () => {
    now?.act?.();
    shown.value = null;
  };
  return html`<div role="status" aria-live="polite">
    ${now && html`<div class="toast banner"><span>${now.text}</span>${now.action && html`<button type="button" class="button" onClick=${press}>${now.action}</button>`}</div>`}
  </div>`;
}
