/** One waiting tip: chosen, it has its buttons; a finger swipes it. */
import { serverNow } from "../screens/clock.js";
import { html } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { Age, Flags } from "./card.js";
import { Guesses } from "./guesses.js";
import { useSwipe } from "./swipe.js";

// More of the same tell nobody more.
const MOST_SIMILAR = 3;

/** @param {any} props `others`: where those it resembles are found */
export function QueueCard({ card, me, isChosen, likely, onChoose, acts, others }) {
  const swipe = useSwipe({ end: () => acts.approve(card), start: () => void acts.open("decline", card) });
  const held = heldBy(card, me);
  const like = card.similar.map((/** @type {string} */ id) => others.find((/** @type {any} */ other) => other.id === id)).filter(Boolean).slice(0, MOST_SIMILAR);
  return html`
    <li class=${`queue-card ${isChosen ? "chosen" : ""}`} data-id=${card.id} tabindex=${isChosen ? 0 : -1} aria-current=${isChosen ? "true" : undefined} onFocus=${onChoose} onClick=${onChoose} ...${swipe}>
      <span class="swiped end" aria-hidden="true">${_("Approve")}</span>
      <span class="swiped start" aria-hidden="true">${_("Send back")}</span>
      <div class="queue-face">
        <p class="tip-text" dir="auto">${card.text}</p>
        <p class="row tip-facts">
          <${Age} since=${card.written_at} />
          ${card.author && html`<span dir="auto">${card.author.name}</span>`}
          ${!card.signed && html`<span class="badge">${_("anonymous")}</span>`}
          ${card.original && html`<span class="badge">${_("reworded")}</span>`}
          <${Flags} flags=${card.flags} />
          ${held && html`<span class="badge now">${_("{name} has it open", { name: held })}</span>`}
        </p>
        ${like.map((/** @type {any} */ other) => html`<div key=${other.id} class="row similar"><p class="quiet" dir="auto">${_("Much like: {text}", { text: other.text })}</p>
          ${isChosen && html`<button type="button" class="button plain" onClick=${() => acts.notSame([card.id, other.id])}>${_("Not the same")}</button>`}</div>`)}
        ${isChosen && html`
          <${Guesses} likely=${likely} isChosen label=${(/** @type {any} */ theme) => _("Approve under {theme}, shared words: {words}", { theme: theme.name, words: theme.why.join(", ") })} onYes=${(/** @type {any} */ theme) => acts.approve(card, theme)} onNo=${(/** @type {any[]} */ no) => acts.refuse(card, no)} />
          <div class="row card-actions">
            <button type="button" class="button primary" aria-keyshortcuts="a" onClick=${() => acts.approve(card)}>${_("Approve")}</button>
            <button type="button" class="button quiet" aria-keyshortcuts="d" onClick=${() => acts.open("decline")}>${_("Send back")}</button>
            <button type="button" class="button plain" aria-keyshortcuts="e" onClick=${() => acts.open("wording")}>${_("Reword")}</button>
            <button type="button" class="button plain" aria-keyshortcuts="t" onClick=${() => acts.open("theme")}>${_("Theme")}</button>
          </div>`}
      </div>
    </li>
  `;
}

/** Who of the others has this card open just now. @param {any} card @param {any} me @returns {string} */
export const heldBy = (card, me) => (card.claim && card.claim.by !== me?.id && Date.parse(card.claim.until) > serverNow() ? card.claim.name : "");
