/** The programme with its planned and actual times; pressing a segment asks, then goes there. */
import { page } from "../page.js";
import { hueOf } from "../parts/now.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { _ } from "../words.js";
import { timingNow } from "./now.js";
import { isHost, panel, present } from "./state.js";
import { drift, driftWords, timeOfDay } from "./timing.js";

const REDRAW = 5_000;

export function Agenda() {
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((count) => count + 1), REDRAW);
    return () => clearInterval(timer);
  }, []);
  const evening = timingNow();
  return html`
    <section class="agenda" aria-labelledby="agenda-title">
      <h2 id="agenda-title">${_("Programme")}</h2>
      ${evening.isShifted && present.value.now.state !== "before" && html`<p class="quiet"><small>${_("Planned times count from the actual start.")}</small></p>`}
      <ol>${evening.rows.map((row, index) => html`<${Line} key=${row.id} row=${row} segment=${present.value.programme.segments[index]} isShifted=${evening.isShifted} />`)}</ol>
      <${Afterwards} />
    </section>
  `;
}

/** What remains of an evening; at any time, not only at its end. */
function Afterwards() {
  const link = (/** @type {string} */ address, /** @type {string} */ words) => html`<a class="button plain" href=${address} target="_blank" rel="noopener">${words}</a>`;
  return html`
    <nav class="row plain-first" aria-label=${_("Afterwards")}>
      ${isHost.value && link(`/console/${page.code}/programme/`, _("Edit the programme"))}
      ${link(`/console/${page.code}/report/`, _("Report"))}
      ${link(`/${page.code}/keepsake/`, _("Keepsake"))}
      ${isHost.value && html`<a class="button plain" href=${`/console/${page.code}/export.zip`} download>${_("Export")}</a>`}
      <a class="button plain" href=${`/language/?next=/console/${page.code}/`}>${_("Language")}</a>
    </nav>
  `;
}

/** @param {{ row: import("./timing.js").Row, segment: import("../parts/now.js").Segment, isShifted: boolean }} props */
function Line({ row, segment, isShifted }) {
  const { now, zone } = present.value;
  const isBegun = now.state !== "before";
  const planned = isShifted && isBegun ? timeOfDay(row.plannedAt, zone) : (segment.starts_at_local ?? timeOfDay(row.plannedAt, zone));
  const actual = timeOfDay(row.expectedAt, zone);
  const late = isBegun ? drift(row) : "";
  const mayPress = isHost.value && isBegun && row.when !== "current";
  const inside = html`
    <time class="planned">${planned}</time>
    <span class="title" dir="auto">${segment.title}</span>
    <span class="actual">
      ${late && html`<time>${actual}</time><span class="drift" aria-hidden="true">${late}</span><span class="hidden-text">${driftWords(row)}</span>`}
      ${!late && segment.minutes > 0 && html`<span class="length">${_("{minutes} min", segment)}</span>`}
    </span>
  `;
  return html`
    <li class=${`agenda-row ${row.when} hue-${hueOf(segment)}`} aria-current=${row.when === "current" ? "step" : null}>
      ${mayPress ? html`<button type="button" onClick=${() => (panel.value = `enter/${row.id}`)}>${inside}</button>` : html`<div>${inside}</div>`}
    </li>
  `;
}
