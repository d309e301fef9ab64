/** What can be done with an event as a whole; deleting says first what goes, and wants to be meant. */
import { Refused, call } from "../screens/api.js";
import { say, sentenceOf } from "../screens/console/saying.js";
import { page } from "../screens/page.js";
import { Dialog } from "../screens/parts/dialog.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { Field } from "./fields.js";
import { close, events, isHost, panel, set } from "./home_state.js";

/** @typedef {import("./home_state.js").HomeEvent} HomeEvent */

export function More(/** @type {{ event: HomeEvent }} */ { event }) {
  const path = `/console/${event.code}`;
  const isOpen = !event.archived_at;
  return html`
    <${Dialog} title=${event.title} onClose=${close}>
      <nav class="stack more">
        <a class="button quiet" href=${`${path}/`}>${_("Console")}</a>
        <a class="button quiet" href=${`${path}/crew/`}>${_("Crew")}</a>
        <a class="button quiet" href=${`${path}/programme.toml`} download>${_("Download the programme")}</a>
        ${event.started_at && html`<a class="button quiet" href=${`${path}/report/`}>${_("Report")}</a>`}
        ${isHost(event) && html`<${HostsOwn} event=${event} isOpen=${isOpen} />`}
      </nav>
    <//>
  `;
}

/** @param {{ event: HomeEvent, isOpen: boolean }} props */
function HostsOwn({ event, isOpen }) {
  const list = (/** @type {any} */ press) => set(event, "listing", press.currentTarget.checked);
  const archive = async () => (await set(event, "archive", isOpen)) && close();
  return html`
    ${isOpen && html`<a class="button quiet" href=${`/console/${event.code}/programme/`}>${_("Edit the programme")}</a>`}
    <button type="button" class="button quiet" onClick=${() => (panel.value = `copy/${event.code}`)}>${_("Duplicate")}</button>
    ${isOpen && html`
      <label class="row switch"><input type="checkbox" checked=${event.listed} onChange=${list} />${_("On the public list")}</label>
      <p class="quiet"><small>${_("Everybody finds it at this address and in search engines. Without it, people need the code.")}</small></p>
    `}
    ${event.state !== "live" && html`
      <button type="button" class="button quiet" onClick=${archive}>${isOpen ? _("Archive") : _("Take out of the archive")}</button>
      ${isOpen && html`<p class="quiet"><small>${_("Out of the lists, nobody can join, and nothing changes any more. You can take it out again.")}</small></p>`}
    `}
    <button type="button" class="button danger" onClick=${() => (panel.value = `delete/${event.code}`)}>${_("Delete")}</button>
  `;
}

export function Deleting(/** @type {{ event: HomeEvent }} */ { event }) {
  const [typed, type] = useState("");
  const [refusal, refuse] = useState("");
  const [isBusy, setBusy] = useState(false);
  const remove = async (/** @type {SubmitEvent} */ press) => {
    press.preventDefault();
    setBusy(true);
    try {
      await call({ url: `/api/v1/events/${event.code}/`, method: "DELETE", body: { code: typed } });
      gone(event);
    } catch (error) {
      // Somebody else has deleted it, or our first request came through after all.
      if (error instanceof Refused && error.status === 404) return gone(event);
      setBusy(false);
      if (error instanceof Refused && error.fields.code) refuse(error.fields.code);
      else say(sentenceOf(error));
    }
  };
  return html`
    <${Dialog} title=${_("Delete {title}?", event)} onClose=${close}>
      <p>${_n("{count} person has joined.", "{count} people have joined.", event.people)} ${_("Everything of this event is erased for good: names, tips, contacts, pictures, keepsakes, the programme, and what the crew decided. Nobody can bring it back.")}</p>
      ${isLast() && html`<p><strong>${_("It is the only event whose crew you are. Your account is erased with it, and you are signed out.")}</strong></p>`}
      <form class="stack" onSubmit=${remove}>
        <${Field} id="delete-code" label=${_("Type {code} to delete it", event)} value=${typed} onInput=${type} refusal=${refusal} class="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="12" dir="ltr" />
        <div class="row">
          <button class="button danger primary" aria-busy=${isBusy ? "true" : null} disabled=${isBusy}>${_("Delete for good")}</button>
          <button type="button" class="button quiet" onClick=${close}>${_("Keep it")}</button>
        </div>
      </form>
    <//>
  `;
}

const isLast = () => page.account_goes && events.value.length === 1;

function gone(/** @type {HomeEvent} */ event) {
  if (isLast()) return location.assign("/");
  events.value = events.value.filter((one) => one.code !== event.code);
  close();
  return undefined;
}
