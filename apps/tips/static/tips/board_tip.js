/** One decided tip on the crew's board. */
import { html } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { Guesses } from "./guesses.js";

/** @param {any} props */
export function BoardTip({ card, votes, likely, isChosen, isPicked, acts }) {
  const isShown = card.state === "approved";
  const choose = () => isShown && acts.choose(card.id);
  return html`
    <li class=${`board-tip ${isChosen ? "chosen" : ""}`} data-id=${card.id} tabindex=${isShown ? (isChosen ? 0 : -1) : null} aria-current=${isChosen ? "true" : null} onFocus=${choose} onClick=${choose}
      draggable=${isShown} onDragStart=${(/** @type {DragEvent} */ e) => e.dataTransfer?.setData("text/x-tip", card.id)}>
      <div class="board-line">
        ${isShown && html`<label class="pick"><input type="checkbox" checked=${isPicked} onChange=${(/** @type {any} */ e) => acts.pick(card.id, e.target.checked)} aria-label=${_("Choose: {text}", { text: card.text })} /></label>`}
        <div class="grow">
          <p class="tip-text" dir="auto">${card.text}</p>
          <p class="row tip-facts">
            ${card.author && html`<span dir="auto">${card.author.name}</span>`}
            ${votes > 0 && html`<span class="figures">${_n("{count} vote", "{count} votes", votes)}</span>`}
            ${card.pinned && html`<span class="badge now">${_("pinned")}</span>`}
            ${card.original && html`<span class="badge">${_("reworded")}</span>`}
            ${card.state === "declined" && html`<span class="badge">${_("sent back")}</span>`}
            ${card.state === "taken_down" && html`<span class="badge">${_("taken down")}</span>`}
            ${card.decision?.name && html`<span class="quiet" dir="auto">${_("by {name}", { name: card.decision.name })}</span>`}
          </p>
        </div>
      </div>
      ${isShown && html`<${Guesses} likely=${likely} isChosen=${isChosen} label=${(/** @type {any} */ theme) => _("To {theme}, shared words: {words}", { theme: theme.name, words: theme.why.join(", ") })} onYes=${(/** @type {any} */ theme) => acts.move(card, theme)} onNo=${(/** @type {any[]} */ no) => acts.refuse(card, no)} />`}
      <div class="row board-actions">
        ${isShown && html`
          <button type="button" class="button plain" onClick=${() => acts.open("theme", card.id)}>${_("Theme")}</button>
          <button type="button" class="button plain" aria-pressed=${card.pinned} onClick=${() => acts.pin(card)}>${card.pinned ? _("Unpin") : _("Pin")}</button>
          <button type="button" class="button plain" onClick=${() => acts.open("wording", card.id)}>${_("Reword")}</button>
          <button type="button" class="button plain" onClick=${() => acts.takeDown(card)}>${_("Take down")}</button>`}
        ${card.state === "taken_down" && html`<button type="button" class="button plain" onClick=${() => acts.decide(card, "put_back")}>${_("Put back")}</button>`}
        ${card.state === "declined" && html`<button type="button" class="button plain" onClick=${() => acts.decide(card, "reconsider")}>${_("Look at it again")}</button>`}
      </div>
    </li>
  `;
}
