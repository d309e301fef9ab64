/** Who has joined: searching, and removing somebody who should not be here. */
import { call } from "../api.js";
import { page } from "../page.js";
import { Dialog } from "../parts/dialog.js";
import { html, useState } from "../vendor/preact.js";
import { _, _n } from "../words.js";
import { here, members } from "./crew.js";
import { attendeesOf, search } from "./people.js";
import { say, sentenceOf } from "./saying.js";
import { close, documents, moves, present } from "./state.js";

// Longer lists are searched, not scrolled.
const MOST_SHOWN = 200;

/** @typedef {import("./people.js").Attendee} Attendee */

export function AttendeesPanel() {
  const [words, setWords] = useState("");
  const [asked, ask] = useState(/** @type {Attendee | null} */ (null));
  const all = attendeesOf(documents.crew.value);
  const found = search(all, words);
  if (asked) return html`<${Removing} attendee=${asked} onClose=${() => ask(null)} />`;
  return html`
    <${Dialog} title=${_("People")} onClose=${close}>
      <${Door} />
      <div class="row between">
        <span dir="auto">${_("Crew here now: {names}", { names: members.value.flatMap(({ id, name }) => (here.value.has(id) ? [name] : [])).join(", ") || "–" })}</span>
        <a class="button quiet" href=${`/console/${page.code}/crew/`}>${_("Crew")}</a>
      </div>
      <div class="field">
        <label for="search">${_("Search")}</label>
        <input id="search" type="search" dir="auto" autocomplete="off" value=${words} onInput=${(/** @type {any} */ e) => setWords(e.currentTarget.value)} />
      </div>
      <p class="quiet" role="status">${words ? _("{found} of {all}", { found: found.length, all: all.length }) : _n("{count} person joined", "{count} people joined", all.length)}</p>
      <ul class="list people">
        ${found.slice(0, MOST_SHOWN).map((attendee) => html`
          <li class="list-row" key=${attendee.id}>
            <span class="grow" dir="auto">${attendee.name}<small class="quiet"> ${details(attendee)}</small></span>
            <button type="button" class="button plain" aria-label=${_("Remove {name}", attendee)} onClick=${() => ask(attendee)}>${_("Remove")}</button>
          </li>
        `)}
      </ul>
      ${found.length > MOST_SHOWN && html`<p class="quiet">${_("The first {count} are shown. Search to find the others.", { count: MOST_SHOWN })}</p>`}
    <//>
  `;
}

/** @param {Attendee} attendee */
function details(attendee) {
  return [attendee.left_at && _("has left"), attendee.remote && _("remote"), attendee.spot].filter(Boolean).join(" · ");
}

function Door() {
  const { now } = present.value;
  if (now.state === "ended") return null;
  const isOpen = now.joining === "open";
  return html`
    <div class="row between">
      <span>${isOpen ? _("Anybody with the code can join.") : _("Joining is closed. Who is in stays in.")}</span>
      <button type="button" class="button quiet" onClick=${() => moves.press(isOpen ? "close_joining" : "open_joining")}>${isOpen ? _("Close joining") : _("Open joining")}</button>
    </div>
  `;
}

function Removing(/** @type {{ attendee: Attendee, onClose: () => void }} */ { attendee, onClose }) {
  const [isBusy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await call({ url: `/api/v1/events/${page.code}/attendees/${attendee.id}/`, method: "DELETE" });
      onClose();
    } catch (error) {
      setBusy(false);
      say(sentenceOf(error));
    }
  };
  return html`
    <${Dialog} title=${_("Remove {name}?", attendee)} onClose=${onClose}>
      <p>${_("Their phone is told at once, and cannot join this event again. This cannot be undone.")}</p>
      <div class="row">
        <button type="button" class="button danger primary" aria-busy=${isBusy ? "true" : null} disabled=${isBusy} onClick=${remove}>${_("Remove")}</button>
        <button type="button" class="button quiet" onClick=${onClose}>${_("Keep")}</button>
      </div>
    <//>
  `;
}
