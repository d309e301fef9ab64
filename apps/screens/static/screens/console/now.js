/** The current thing, big: what everybody sees, how long still, and how the evening stands. */
import { serverNow } from "../clock.js";
import { useCard } from "../kinds.js";
import { submit } from "../outbox.js";
import { Countdown, closingOf, titleNow, useRemaining } from "../parts/now.js";
import { html } from "../vendor/preact.js";
import { _ } from "../words.js";
import { documents, isLive, present } from "./state.js";
import { standing, timing } from "./timing.js";

/** The evening against its programme, as of this second. */
export function timingNow() {
  const { now, programme, zone } = present.value;
  const timeline = documents.crew.value.timeline?.segments ?? {};
  return timing({ segments: programme.segments, now, timeline, at: serverNow(), zone });
}

export function NowCard() {
  const { now, segment, event, programme, prompt } = present.value;
  if (now.blanked) return html`<${Blanked} />`;
  if (now.state === "before") return html`<${Quiet} eyebrow=${_("Not started")} title=${event.title} words=${_("Phones show the event and wait. So does the stage.")} />`;
  if (now.state === "ended" || !segment) {
    const closing = closingOf(programme);
    return html`
      <${Quiet} eyebrow=${_("Ended")} title=${(closing ?? programme.segments.at(-1))?.title ?? ""} words=${_("To go on after all, press a segment in the programme.")} />
      ${closing && html`<${KindCard} segment=${closing} />`}
    `;
  }
  const words = segment.prompts[prompt]?.text ?? (segment.headline || segment.instructions);
  return html`
    <section class="now-card" aria-labelledby="now-title">
      <div class="now-words">
        <p class="eyebrow">${isLive.value ? _("Now") : _("When last heard from")}</p>
        <h1 id="now-title" dir="auto" lang=${event.language}>${titleNow(segment, now)}</h1>
        <p class="now-text" dir="auto" lang=${event.language}>${words}</p>
      </div>
      <${Countdown} span=${now} stale=${!isLive.value} spoken />
      <${Standing} />
    </section>
    <${KindCard} segment=${segment} />
  `;
}

/** Drawn anew each second, alone. */
function Standing() {
  const { now, zone } = present.value;
  useRemaining(now.ends_at ? now : { ends_at: now.entered_at });
  const evening = timingNow();
  const isLate = evening.overMinutes > 0 || evening.lateMinutes > 0;
  const mark = html`<svg viewBox="0 0 10 10" aria-hidden="true"><path d="M5 0 10 10H0Z" /></svg>`;
  return html`<p class="standing">${isLate && mark}${standing(evening, zone)}</p>`;
}

function Quiet(/** @type {{ eyebrow: string, title: string, words: string }} */ { eyebrow, title, words }) {
  return html`
    <section class="now-card">
      <div class="now-words">
        <p class="eyebrow">${eyebrow}</p>
        <h1 dir="auto">${title}</h1>
        <p class="now-text">${words}</p>
      </div>
    </section>
  `;
}

function Blanked() {
  return html`
    <section class="now-card blanked" role="status">
      <div class="now-words">
        <h1>${_("All screens are blank")}</h1>
        <p class="now-text">${_("Stage and phones show a quiet picture. Nothing is lost, the clock goes on.")}</p>
      </div>
    </section>
  `;
}

/** What the segment's kind brings for its host; the plain card would only repeat what is above. */
function KindCard(/** @type {{ segment: import("../parts/now.js").Segment }} */ { segment }) {
  const View = useCard(segment.kind, "console");
  if (!View) return null;
  const { now, event } = present.value;
  return html`
    <section class="kind-card">
      <${View} key=${segment.id} segment=${segment} now=${now} event=${event} documents=${documents} me=${documents.me.value.member} submit=${submit} />
    </section>
  `;
}
