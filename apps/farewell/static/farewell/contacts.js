/** The people one has met, and a contact for each who gives theirs too. One line is written once; then each offer is one tap. */
import { toast } from "../screens/parts/dialog.js";
import { waiting } from "../screens/outbox.js";
import { page } from "../screens/page.js";
import { html, useEffect, useRef, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { ContactSheet } from "./contact_sheet.js";
import { LINE_MOST, lineLength, tapped } from "./lines.js";
import { contactAddress, contactsOf } from "./state.js";

/** @typedef {import("./state.js").Contact} Contact */

/** @param {any} props those of a kind's card */
export function Contacts({ documents, submit, me, now }) {
  const contacts = contactsOf(documents);
  const [line, setLine] = useLine(contacts);
  const [trouble, setTrouble] = useState("");
  const [isWriting, setWriting] = useState(!line);
  const [open, setOpen] = useState("");
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const wasPressed = useRef(false);
  // Whoever pressed “Change” writes at once; a page that has just opened leaves the keyboard away.
  useEffect(() => void (wasPressed.current && isWriting && field.current?.focus()), [isWriting]);
  if (!contacts.length) return now.state === "live" ? html`<p class="quiet">${_("Whoever you find in the icebreaker stands here, for you to swap contacts with.")}</p>` : null;
  const send = (/** @type {Contact} */ contact, /** @type {string} */ method, body = undefined, path = "") =>
    submit({ url: `${contactAddress(contact)}${path}`, method, body, label: _("A contact") }).catch((/** @type {Error} */ no) => toast(no.message));
  const offer = (/** @type {Contact} */ contact) => {
    const over = lineLength(line.trim()) - LINE_MOST;
    setTrouble(!line.trim() ? _("Write first what you want to pass on.") : over > 0 ? _n("{count} character too many.", "{count} characters too many.", over) : "");
    wasPressed.current = true;
    setWriting(!line.trim() || over > 0);
    if (!line.trim() || over > 0) return field.current?.focus();
    return send(contact, "PUT", /** @type {any} */ ({ contact: line.trim() }));
  };
  const chosen = contacts.find(({ id }) => id === open);
  return html`
    <section class="stack contacts" aria-labelledby="contacts">
      <h2 id="contacts">${_n("You met {count} person", "You met {count} people", contacts.length)}</h2>
      ${isWriting
        ? html`<div class="field">
            <label for="my-line">${_("How can they reach you?")}</label>
            <input id="my-line" ref=${field} dir="auto" autocomplete="email" autocapitalize="off" spellcheck=${false} enterkeyhint="done" value=${line}
              aria-invalid=${trouble ? "true" : undefined} aria-describedby="my-line-hint my-line-trouble" onInput=${(/** @type {any} */ e) => (setTrouble(""), setLine(e.target.value))} />
            <span id="my-line-hint" class="hint">${_("A mail address, a handle or a link. Only somebody you offer it to sees it, and only once they offer you theirs.")}</span>
            <p class="refusal" id="my-line-trouble" role="alert">${trouble}</p>
          </div>`
        : html`<div class="my-line"><p class="grow"><span class="quiet">${_("You offer")}</span> <strong dir="auto">${line}</strong></p>
            <button type="button" class="button plain" onClick=${() => ((wasPressed.current = true), setWriting(true))}>${_("Change")}</button></div>`}
      <ul class="people" aria-live="polite">
        ${contacts.map((contact) => html`<${Person} key=${contact.id} contact=${contact} onOffer=${() => offer(contact)} onMore=${() => setOpen(contact.id)} />`)}
      </ul>
    </section>
    ${chosen && html`<${ContactSheet} key=${chosen.id} contact=${chosen} line=${line.trim()} me=${me} send=${send} onOffer=${() => offer(chosen)} onClose=${() => setOpen("")} />`}
  `;
}

/** @type {Record<string, () => string>} */
const STATES = {
  none: () => "",
  offered: () => _("Offered. You see theirs once they offer it too."),
  swapped: () => _("You swapped contacts."),
  blocked: () => _("Blocked. Nothing passes between you."),
};

/** What stands below the name. @param {Contact} contact */
const said = ({ state, lapsed }) => (lapsed ? _("They took theirs back, so yours is taken back too. Offer again if you like.") : STATES[state]?.());

function Person(/** @type {{ contact: Contact, onOffer: () => void, onMore: () => void }} */ { contact, onOffer, onMore }) {
  const { name, state, theirs } = contact;
  const isOnItsWay = waiting.value.some((entry) => entry.url.startsWith(contactAddress(contact)));
  const href = theirs && tapped(theirs);
  return html`
    <li class=${`person ${state}`}>
      <div class="person-head">
        <span class="grow"><strong class="display" dir="auto">${name}</strong></span>
        ${state === "none" && html`<button type="button" class="button primary" aria-label=${_("Offer {name} your contact", { name })} onClick=${onOffer}>${_("Offer")}</button>`}
        <button type="button" class="button plain" aria-label=${_("More about {name}", { name })} onClick=${onMore}>${_("More")}</button>
      </div>
      ${theirs && html`<p class="theirs" dir="auto">${href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${theirs}</a>` : theirs}</p>`}
      ${(said(contact) || isOnItsWay) && html`<p class="state">${said(contact)}${isOnItsWay && html` <span class="badge late">${_("On your phone, not sent yet")}</span>`}</p>`}
    </li>
  `;
}

/** One's own line: what was typed last on this phone, else what was offered last. @param {Contact[]} contacts @returns {[string, (line: string) => void]} */
function useLine(contacts) {
  const name = `contact/${page.code}`;
  const [line, setLine] = useState(() => {
    const offered = contacts.find(({ mine }) => mine)?.mine ?? "";
    try {
      return localStorage.getItem(name) ?? offered;
    } catch {
      return offered;
    }
  });
  const set = (/** @type {string} */ next) => {
    try {
      localStorage.setItem(name, next);
    } catch {
      // It holds for this page at least.
    }
    setLine(next);
  };
  return [line, set];
}
