/** One tap away on the phone: the programme, about the community, me. */
import { html } from "../vendor/preact.js";
import { _, _n, dayInWords, listed } from "../words.js";
import { Sheet } from "./dialog.js";
import { ProgrammeList } from "./programme.js";

export function ProgrammePanel(/** @type {any} */ { programme, now, onClose }) {
  return html`<${Sheet} title=${_("Programme")} onClose=${onClose}><${ProgrammeList} programme=${programme} now=${now} detail /><//>`;
}

export function AboutPanel(/** @type {any} */ { event, onClose }) {
  return html`<${Sheet} title=${_("About")} onClose=${onClose}><${About} event=${event} /><//>`;
}

/** What the community is and for whom; also the picture before the start. */
export function About(/** @type {{ event: any }} */ { event }) {
  const about = event.about ?? {};
  return html`
    <div class="stack about" lang=${event.language}>
      ${about.heading && html`<h2 dir="auto">${about.heading}</h2>`}
      ${about.tagline && html`<p class="lead" dir="auto">${about.tagline}</p>`}
      <${Points} points=${about.points} />
      ${about.audience_heading && html`<h2 dir="auto">${about.audience_heading}</h2>`}
      ${about.audience && html`<p class="lead" dir="auto">${about.audience}</p>`}
      <${Points} points=${about.audience_points} />
      ${event.hosts?.length > 0 && html`<h2>${_("Hosts")}</h2><p dir="auto">${listed(event.hosts)}</p>`}
      <p class="quiet">${untilWhen(event)}</p>
    </div>
  `;
}

/** How long what people type is kept: a day, once it is known when the event takes place. @param {any} event */
export function untilWhen(event) {
  if (event.erased_on) return _("Everything typed here is erased on {day}.", { day: dayInWords(event.erased_on) });
  return _n("Everything typed here is erased {count} day after the event.", "Everything typed here is erased {count} days after the event.", event.keep_days);
}

/** To the page that lists them; what is chosen there holds for this device. */
export function LanguageLink() {
  return html`<p><a href=${`/language/?next=${location.pathname}`}>${_("Language")}</a></p>`;
}

function Points(/** @type {{ points?: string[] }} */ { points = [] }) {
  return points.length ? html`<ul class="points">${points.map((point) => html`<li key=${point} dir="auto">${point}</li>`)}</ul>` : null;
}
