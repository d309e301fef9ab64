/** A theme with its tips, or the tray of unsorted ones; a tip that is dragged here moves here. */
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { useMore } from "./more.js";

const STEP = 30;
const BEYOND = 10;

/** @param {any} props `theme` is missing for the tray; `at`: the chosen tip, which is drawn however far down it is */
export function ThemeBox({ theme, tips, at, row, onDrop, onChange, empty }) {
  const [isOver, setOver] = useState(false);
  const [most, more] = useMore(tips.length, STEP, place(tips, at) + BEYOND);
  const over = (/** @type {DragEvent} */ e) => (e.preventDefault(), setOver(true));
  const left = (/** @type {DragEvent} */ e) => {
    const box = /** @type {HTMLElement} */ (e.currentTarget);
    if (!box.contains(/** @type {Node | null} */ (e.relatedTarget))) setOver(false);
  };
  const drop = (/** @type {DragEvent} */ e) => {
    e.preventDefault();
    setOver(false);
    const id = e.dataTransfer?.getData("text/x-tip");
    if (id) onDrop(id);
  };
  return html`<div class=${`theme-box ${theme ? `hue-${theme.colour}` : "tray"} ${isOver ? "over" : ""}`} onDragOver=${over} onDragLeave=${left} onDrop=${drop}>
    <div class="row between">
      <h3>${theme && html`<span class="swatch" aria-hidden="true"></span>`}<span dir="auto">${theme?.name ?? _("Unsorted")}</span> <span class="badge figures">${tips.length}</span></h3>
      ${theme && html`<button type="button" class="button plain" aria-label=${_("Change the theme {name}", { name: theme.name })} onClick=${onChange}>${_("Change")}</button>`}
    </div>
    ${tips.length === 0 && empty && html`<p class="quiet">${empty}</p>`}
    <ul class="list">${tips.slice(0, most).map(row)}</ul>
    ${more}
  </div>`;
}

/** @param {{ id: string }[]} tips @param {string | undefined} at */
const place = (tips, at) => {
  const found = tips.findIndex(({ id }) => id === at);
  // None of this box: nothing more is needed.
  return found < 0 ? -BEYOND : found;
};
