/** The projector's screen: the programme at the side, what happens now in the middle, how to join in its corner. */
import { effect, html, render, useEffect, useState } from "./vendor/preact.js";
import { createDocuments } from "./documents.js";
import { plain, useCard } from "./kinds.js";
import { connect } from "./live.js";
import { submit } from "./outbox.js";
import { page } from "./page.js";
import { Lamp } from "./parts/lamp.js";
import { Logo } from "./parts/logo.js";
import { Countdown, closingOf, currentSegment, titleNow, wearHue, wearPalette } from "./parts/now.js";
import { ProgrammeList } from "./parts/programme.js";
import { QrPanel } from "./parts/qr.js";
import { Fitted, PlainStage, StageAbout, StageEnd } from "./parts/stage.js";
import { JoinOverlay, Keys, useStageKeys } from "./parts/stage_keys.js";
import { _, _n } from "./words.js";

const SILENCE = 8_000;
const documents = createDocuments(page.snapshot);
plain.stage = PlainStage;
const live = connect({ code: page.code, as: "stage", token: page.token, documents });

effect(() => {
  const { event, now, programme } = documents.public.value;
  wearPalette(event);
  wearHue(now.blanked || now.state === "before" ? null : currentSegment(programme, now));
});

function Stage() {
  const { event, now, programme } = documents.public.value;
  const [overlay, setOverlay] = useStageKeys();
  const lost = useLost();
  if (live.state.value.name === "refused") return html`<${Revoked} />`;
  return html`
    <aside class="side">
      <${Logo} event=${event} />
      <h1 dir="auto" lang=${event.language}>${now.state === "before" ? _("Programme") : event.title}</h1>
      ${event.subtitle && html`<p class="subtitle" dir="auto">${event.subtitle}</p>`}
      <${Fitted} class="side-programme" on=${now.step}>${!now.blanked && html`<${ProgrammeList} programme=${programme} now=${now} />`}<//>
      <${QrPanel} code=${page.code} address=${page.address} qr=${page.qr} isClosed=${now.joining === "closed"} />
    </aside>
    <main class="canvas">
      <${Canvas} event=${event} now=${now} programme=${programme} lost=${lost} />
      <footer class="foot">
        <${Present} />
        <span role="status">${lost && html`<span class="notice">${_("Connection lost. This is the last picture.")}</span>`}</span>
      </footer>
    </main>
    ${overlay === "join" && html`<${JoinOverlay} event=${event} onClose=${() => setOverlay("")} />`}
    ${overlay === "keys" && html`<${Keys} onClose=${() => setOverlay("")} />`}
  `;
}

function Canvas(/** @type {any} */ { event, now, programme, lost }) {
  if (now.blanked) return html`<div class="calm"><${Lamp} /><h2>${_("A short pause")}</h2></div>`;
  if (now.state === "before") return html`<${StageAbout} event=${event} />`;
  const hasEnded = now.state === "ended";
  const segment = hasEnded ? closingOf(programme) : currentSegment(programme, now);
  if (!segment) return hasEnded && html`<${StageEnd} />`;
  return html`
    <header class="head">
      <p class="now-title">
        ${!hasEnded && html`<span class="eyebrow">${_("Currently")}</span>`}
        <span class="display" dir="auto" lang=${event.language}>${titleNow(segment, now)}</span>
      </p>
      <${Countdown} span=${now} stale=${lost} />
    </header>
    <${Card} key=${segment.id} segment=${segment} now=${now} event=${event} />
  `;
}

function Card(/** @type {any} */ { segment, now, event }) {
  const View = useCard(segment.kind, "stage");
  return View && html`<${View} segment=${segment} now=${now} event=${event} documents=${documents} submit=${submit} />`;
}

function Present() {
  const count = documents.values.value.present;
  if (count === undefined) return html`<span />`;
  return html`<span class="present"><b class="figures">${count}</b> ${_n("person here", "people here", count)}</span>`;
}

function Revoked() {
  const { code, message } = live.state.value;
  const isErased = code === "erased";
  return html`<main class="calm revoked">
    <${Lamp} />
    <h1>${isErased ? _("The end") : _("This stage link is no longer valid")}</h1>
    <p>${isErased ? message : _("The console shows the new one.")}</p>
  </main>`;
}

/** True once the line has been away for 8 seconds; short gaps stay unspoken. */
function useLost() {
  const [lost, setLost] = useState(false);
  const isLive = live.state.value.name === "live";
  useEffect(() => {
    if (isLive) return setLost(false);
    const { heardAt } = live.state.peek();
    const silent = heardAt === null ? 0 : Date.now() - heardAt;
    const timer = setTimeout(() => setLost(true), Math.max(0, SILENCE - silent));
    return () => clearTimeout(timer);
  }, [isLive]);
  return lost;
}

render(html`<${Stage} />`, /** @type {HTMLElement} */ (document.getElementById("screen")));
