/** One event in the list: what it is, when it is, and where to go from here. */
import { page } from "../screens/page.js";
import { html } from "../screens/vendor/preact.js";
import { _, _n, dayInWords } from "../screens/words.js";
import { isHost, panel } from "./home_state.js";

/** @typedef {import("./home_state.js").HomeEvent} HomeEvent */

export function EventRow(/** @type {{ event: HomeEvent }} */ { event }) {
  const isOpen = !event.archived_at;
  return html`
    <li class=${`event-row ${event.state === "live" ? "hue-leaf" : ""}`}>
      <div class="grow">
        <a class="event-title display" href=${`/console/${event.code}/`} dir="auto" lang=${event.language}>${event.title}</a>
        <p class="quiet">${whenInWords(event)}</p>
        <p class="row marks">
          <span class="badge code">${event.code}</span>
          ${event.state === "live" && html`<span class="badge now" dir="auto">${event.segment}</span>`}
          ${event.people > 0 && html`<span class="badge">${_n("{count} joined", "{count} joined", event.people)}</span>`}
          ${!isHost(event) && html`<span class="badge">${_("Moderator")}</span>`}
          ${event.listed && isOpen && html`<span class="badge">${_("Public")}</span>`}
        </p>
      </div>
      <div class="row">
        ${isHost(event) && isOpen && event.state !== "ended" && html`<a class="button quiet" href=${`/console/${event.code}/programme/`}>${_("Programme")}</a>`}
        ${event.state === "ended" && html`<a class="button quiet" href=${`/console/${event.code}/report/`}>${_("Report")}</a>`}
        <button type="button" class="button quiet" aria-haspopup="dialog" aria-label=${_("More about {title}", event)} onClick=${() => (panel.value = `more/${event.code}`)}>${_("More")}</button>
      </div>
    </li>
  `;
}

/** @param {HomeEvent} event */
function whenInWords(event) {
  const instant = event.started_at ? momentInWords(event.started_at, event.timezone) : "";
  const planned = [event.starts_on && dayInWords(event.starts_on), event.starts_at_local, event.timezone].filter(Boolean).join(", ");
  return instant || planned || _("No day yet");
}

/** @param {string} instant @param {string | null} zone */
function momentInWords(instant, zone) {
  const language = page.language === "en" ? "en-GB" : page.language;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: zone ?? undefined }).format(new Date(instant));
}
