/** A group's sign: colour, symbol and number, so that two strangers find each other across a room. */
import { html, useEffect, useRef } from "../vendor/preact.js";
import { _ } from "../words.js";

/** Symbols are drawn on a 100 by 100 field; told apart by shape alone, without colour. @type {Record<string, string>} */
const SYMBOLS = {
  circle: "M50 6a44 44 0 1 1 0 88a44 44 0 1 1 0-88Z",
  triangle: "M50 8 96 90H4Z",
  square: "M10 10h80v80H10Z",
  diamond: "M50 2 98 50 50 98 2 50Z",
  star: "M50 4l13 31 34 3-26 22 8 33-29-18-29 18 8-33L3 38l34-3Z",
  heart: "M50 92C20 68 6 52 6 33A22 22 0 0 1 50 24a22 22 0 0 1 44 9C94 52 80 68 50 92Z",
  moon: "M66 6a45 45 0 1 0 28 62A38 38 0 0 1 66 6Z",
  cross: "M35 6h30v29h29v30H65v29H35V65H6V35h29Z",
  drop: "M50 4c20 28 32 42 32 59a32 32 0 0 1-64 0C18 46 30 32 50 4Z",
  wave: "M2 40c16-24 32-24 48 0s32 24 48 0v28c-16 24-32 24-48 0s-32-24-48 0Z",
  house: "M50 6 96 46H84v48H16V46H4Z",
  leaf: "M12 88C2 40 34 6 92 8 96 66 62 98 24 84l-8 10Z",
};

/** Words for what eyes see. @type {Record<string, () => string>} */
const COLOUR_WORDS = {
  coral: () => _("red"), leaf: () => _("green"), violet: () => _("violet"), sun: () => _("yellow"),
  sky: () => _("blue"), rose: () => _("pink"), sea: () => _("turquoise"), sand: () => _("brown"),
};
/** @type {Record<string, () => string>} */
const SYMBOL_WORDS = {
  circle: () => _("circle"), triangle: () => _("triangle"), square: () => _("square"), diamond: () => _("diamond"),
  star: () => _("star"), heart: () => _("heart"), moon: () => _("moon"), cross: () => _("cross"),
  drop: () => _("drop"), wave: () => _("wave"), house: () => _("house"), leaf: () => _("leaf"),
};

/** "blue triangle, 7" @param {{ colour: string, symbol: string, number: number }} sign */
export function signWords(sign) {
  const [colour, symbol] = [COLOUR_WORDS[sign.colour]?.() ?? sign.colour, SYMBOL_WORDS[sign.symbol]?.() ?? sign.symbol];
  return _("{colour} {symbol}, {number}", { colour, symbol, number: sign.number });
}

/** @param {{ sign: { colour: string, symbol: string, number: number }, chip?: boolean }} props Fills the width of its place; a chip is 3rem wide. */
export function Sign({ sign, chip = false }) {
  return html`
    <span class=${`sign hue-${sign.colour} ${chip ? "chip" : ""}`} role="img" aria-label=${signWords(sign)}>
      <span aria-hidden="true">
        <svg viewBox="0 0 100 100"><path d=${SYMBOLS[sign.symbol] ?? SYMBOLS.circle} /></svg>
        <span class="figures">${sign.number}</span>
      </span>
    </span>
  `;
}

/** "Hold up your phone": the sign on the whole screen, nothing else; a tap anywhere or Escape ends it. */
export function HoldUp(/** @type {{ sign: { colour: string, symbol: string, number: number }, onClose: () => void }} */ { sign, onClose }) {
  const frame = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    frame.current?.showModal();
    const awake = navigator.wakeLock?.request("screen").catch(() => null);
    return () => void awake?.then((lock) => lock?.release());
  }, []);
  return html`
    <dialog ref=${frame} class=${`hold-up hue-${sign.colour}`} aria-label=${signWords(sign)} onClose=${onClose}>
      <button type="button" onClick=${onClose}>
        <${Sign} sign=${sign} />
        <span class="hint">${_("Hold it up. Tap to go back.")}</span>
      </button>
    </dialog>
  `;
}
