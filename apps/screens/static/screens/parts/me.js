/** One's own card. It comes after the first load, as the card of a kind does: nobody needs it in the first second. */
import { html, useState } from "../vendor/preact.js";
import { page } from "../page.js";
import { _ } from "../words.js";
import { AttendeeForm } from "./card_form.js";
import { Dialog, Sheet } from "./dialog.js";
import { LanguageLink } from "./panels.js";

/**
 * The attendee's own card: name, where, how to spot them; leaving; being forgotten.
 * @param {{ me: { name: string, remote: boolean, spot: string }, event: any, onClose: () => void,
 *   save: (card: { name: string, remote: boolean, spot: string }) => Promise<unknown>,
 *   leave: () => Promise<unknown>, forget: () => Promise<unknown> }} props
 */
function MePanel({ me, event, save, leave, forget, onClose }) {
  const [asking, ask] = useState(false);
  if (asking) {
    return html`<${Dialog} title=${_("Forget me")} onClose=${() => ask(false)}>
      <p>${_("Your name and everything you gave to this event are erased from the server. This cannot be undone.")}</p>
      <div class="row">
        <button type="button" class="button danger primary" onClick=${forget}>${_("Erase everything")}</button>
        <button type="button" class="button quiet" onClick=${() => ask(false)}>${_("Keep me")}</button>
      </div>
    <//>`;
  }
  return html`<${Sheet} title=${_("You")} onClose=${onClose}>
    <${AttendeeForm} card=${me} event=${event} label=${_("Save")} submit=${async (/** @type {any} */ card) => (await save(card), onClose())} />
    <hr />
    <a class="button quiet wide" href=${`/${page.code}/hand-over/`}>${_("Move to another phone")}</a>
    <button type="button" class="button quiet wide" onClick=${leave}>${_("Leave the event")}</button>
    <button type="button" class="button danger wide" onClick=${() => ask(true)}>${_("Forget me")}</button>
    <${LanguageLink} />
  <//>`;
}

export default { beside: MePanel };
