/** Groups that the machine sees, with the words they rest on. It moves nothing by itself. */
import { html } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";

/** @param {any} props `chosen`: the id of the group, or tip, that has the keys */
export function Suggested({ groups, cards, themes, isOpen, onToggle, chosen, onChoose, onYes, onNo }) {
  if (!groups.length) return null;
  const words = new Map(cards.map((/** @type {any} */ card) => [card.id, card.text]));
  return html`
    <details class="suggested" open=${isOpen} onToggle=${(/** @type {any} */ e) => onToggle(e.currentTarget.open)}>
      <summary aria-keyshortcuts="g">${_("Suggested groups")} <span class="badge figures">${groups.length}</span> <kbd class="key" aria-hidden="true">g</kbd></summary>
      <ul class="list">
        ${groups.map((/** @type {import("./state.js").Group} */ group) => {
          const into = themes.find((/** @type {any} */ theme) => theme.id === group.theme);
          const isChosen = group.id === chosen;
          return html`<li key=${group.id} class=${`suggestion ${isChosen ? "chosen" : ""}`} data-id=${group.id} tabindex=${isChosen ? 0 : -1} aria-current=${isChosen ? "true" : null} onFocus=${() => onChoose(group.id)}>
            <p><strong dir="auto">${into?.name ?? group.name}</strong> <span class="badge figures">${_n("{count} tip", "{count} tips", group.tips.length)}</span></p>
            <p dir="auto">“${words.get(group.quote)}”</p>
            ${group.why.length > 0 && html`<p class="quiet" dir="auto">${_("shared words: {words}", { words: group.why.join(", ") })}</p>`}
            <div class="row">
              <button type="button" class="button quiet" aria-keyshortcuts=${isChosen ? "y" : null} onClick=${() => onYes(group)}>${into ? _("Put them there") : _("Make this theme")} ${isChosen && html`<kbd class="key" aria-hidden="true">y</kbd>`}</button>
              <button type="button" class="button plain" aria-keyshortcuts=${isChosen ? "x" : null} onClick=${() => onNo(group)}>${_("Not these together")} ${isChosen && html`<kbd class="key" aria-hidden="true">x</kbd>`}</button>
            </div>
          </li>`;
        })}
      </ul>
    </details>
  `;
}
