/** What stands between two people, and every way back from it. */
import { Sheet } from "../screens/parts/dialog.js";
import { html } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";

/**
 * @param {{ contact: import("./state.js").Contact, line: string, me: { name: string }, onOffer: () => void, onClose: () => void,
 *   send: (contact: any, method: string, body?: any, path?: string) => Promise<void> }} props `line` is what would be offered now
 */
export function ContactSheet({ contact, line, me, onOffer, onClose, send }) {
  const { name, state, mine } = contact;
  const then = (/** @type {() => unknown} */ act) => () => (act(), onClose());
  const isBlocked = state === "blocked";
  return html`
    <${Sheet} title=${name} onClose=${onClose}>
      ${!isBlocked && html`<div class="card stack given">
        <p class="eyebrow">${mine ? (state === "swapped" ? _("They see") : _("They will see")) : line ? _("If you both agree, they see") : _("Nothing is offered yet")}</p>
        ${(mine ?? line) && html`<p class="lead" dir="auto">${mine ?? line}</p><p class="quiet" dir="auto">${_("from {name}", { name: me?.name ?? "" })}</p>`}
      </div>`}
      ${state === "none" && html`<button type="button" class="button primary wide" onClick=${then(onOffer)}>${_("Offer your contact")}</button>`}
      ${mine && line && line !== mine && html`<button type="button" class="button primary wide" onClick=${then(onOffer)}>${_("Offer “{line}” instead", { line })}</button>`}
      ${mine && html`<div class="stack way-back">
        <button type="button" class="button quiet wide" onClick=${then(() => send(contact, "DELETE"))}>${_("Take it back")}</button>
        <p class="quiet">${state === "swapped" ? _("Both lines vanish from both phones at once, and they are told that you took yours back. What somebody has noted down already stays with them.") : _("It is as if you had never offered it.")}</p>
      </div>`}
      <div class="stack way-back">
        ${isBlocked
          ? html`<button type="button" class="button quiet wide" onClick=${then(() => send(contact, "DELETE", undefined, "block/"))}>${_("Unblock")}</button>`
          : html`<button type="button" class="button danger wide" onClick=${then(() => send(contact, "PUT", {}, "block/"))}>${_("Block")}</button>`}
        <p class="quiet">${state === "swapped" ? _("Nothing passes between you any more. They are told that you took your line back, not that you blocked them.") : _("Between you and somebody you block, nothing passes either way. They are not told.")}</p>
      </div>
    <//>
  `;
}
