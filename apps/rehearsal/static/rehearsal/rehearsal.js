/** A rehearsal: begin one, watch it, read what it found, remove it. Whoever opens the page later sees the same. */
import { Refused, call, newKey } from "../screens/api.js";
import { page } from "../screens/page.js";
import { html, render, signal, useEffect, useState } from "../screens/vendor/preact.js";
import { _, _n, figure } from "../screens/words.js";
import { lasts, offered, usual } from "./speeds.js";

/**
 * @typedef {{ kind: string, sentence: string, count: number }} Fault
 * @typedef {{ push: string, heard: number, p50_ms: number, p99_ms: number, max_ms: number }} Push
 * @typedef {{ is_good: boolean, compared: number, late_ms: number, faults: Fault[], pushes: Push[] }} Report
 * @typedef {{ id: string, state: string, is_stopping: boolean, people: number, part: number, doing: string,
 *   counts: Record<string, number>, why: string, report: Report | null }} Going
 */

const URL = `/api/v1/events/${page.code}/rehearsal/`;
const PEOPLE = [12, 30, 100, 200];
const SOON = 1_000;
const LATER = 5_000;
// Simulated people who are later than this say more of their own computer than of the server.
const LATE_MS = 100;

const going = signal(/** @type {Going | null} */ (page.rehearsal));
const isOld = signal(false);
const refusal = signal(/** @type {{ code: string, message: string }} */ ({ code: "", message: "" }));
const isUnderWay = () => ["asked", "running"].includes(going.value?.state ?? "");

/** One request about the rehearsal; its answer is what is shown from then on. @param {Partial<import("../screens/api.js").Call>} [more] */
async function ask(more) {
  try {
    const answer = await call({ url: URL, ...more });
    going.value = answer?.rehearsal ?? null;
    isOld.value = false;
    if (more) refusal.value = { code: "", message: "" };
  } catch (no) {
    if (!more) isOld.value = true;
    else if (no instanceof Refused) refusal.value = no;
    else refusal.value = { code: "", message: _("No answer from the server. Try again in a moment.") };
  }
}

/** What goes on is looked at every second; a page that nobody looks at asks for nothing. */
async function follow() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, isUnderWay() ? SOON : LATER));
    if (!document.hidden) await ask();
  }
}

function Rehearsal() {
  const now = going.value;
  return html`
    <h2 id="rehearsal-title">${_("Rehearsal")}</h2>
    <p>${_("Simulated people go through a copy of this event, faster than real ones. They come late, lose the network, tap twice, and try what they must not. The event itself stays as it is.")}</p>
    ${isOld.value && html`<p class="refusal" role="alert">${_("The server does not answer. This is how it was last.")}</p>`}
    ${now && html`<${Latest} now=${now} />`}
    ${!page.may_rehearse && !now && html`<p class="quiet">${_("There was none yet. Hosts can begin one.")}</p>`}
    ${page.may_rehearse && !isUnderWay() && html`<${Begin} hadOne=${now !== null} />`}
  `;
}

// Beginning

// Sent again after no answer, it is the same press.
let press = { body: "", key: "" };

/** @param {{ hadOne: boolean }} props */
function Begin({ hadOne }) {
  const [people, setPeople] = useState(30);
  const speeds = offered(page.minutes);
  const [speed, setSpeed] = useState(usual(speeds));
  const [isBusy, setBusy] = useState(false);
  const begin = async (/** @type {boolean} */ among_people) => {
    const body = { people, speed, among_people };
    if (press.body !== JSON.stringify(body)) press = { body: JSON.stringify(body), key: newKey() };
    setBusy(true);
    await ask({ method: "POST", body, key: press.key });
    if (refusal.value.code || going.value) press = { body: "", key: "" };
    setBusy(false);
  };
  const submit = (/** @type {SubmitEvent} */ event) => (event.preventDefault(), begin(false));
  const areHere = refusal.value.code === "people_are_here";
  return html`
    <form class="stack" onSubmit=${submit}>
      <${Choice} name="people" legend=${_("Simulated people")} options=${PEOPLE} value=${people} onChange=${setPeople} words=${figure} />
      <${Choice} name="speed" legend=${_("How long it takes")} options=${speeds} value=${speed} onChange=${setSpeed} words=${lasting} />
      ${refusal.value.message && html`<p class="refusal" role="alert">${refusal.value.message}</p>`}
      ${areHere && html`<button type="button" class="button danger wide" disabled=${isBusy} onClick=${() => begin(true)}>${_("Rehearse all the same")}</button>`}
      <button class="button primary wide" disabled=${isBusy} aria-busy=${isBusy ? "true" : null}>${hadOne ? _("Rehearse again") : _("Rehearse")}</button>
    </form>
  `;
}

/** How long an evening takes that is so many times as fast. @param {number} speed */
function lasting(speed) {
  return _n("About {count} minute", "About {count} minutes", lasts(page.minutes, speed));
}

/** @param {{ name: string, legend: string, options: number[], value: number, onChange: (value: number) => void, words: (value: number) => string }} props */
function Choice({ name, legend, options, value, onChange, words }) {
  return html`
    <fieldset class="field">
      <legend>${legend}</legend>
      <div class="choice">
        ${options.map((one) => html`<label key=${one}><input type="radio" name=${name} value=${one} checked=${one === value} onChange=${() => onChange(one)} />${words(one)}</label>`)}
      </div>
    </fieldset>
  `;
}

// While it goes on, and afterwards

/** @param {{ now: Going }} props */
function Latest({ now }) {
  const [isBusy, setBusy] = useState(false);
  const send = async (/** @type {Partial<import("../screens/api.js").Call>} */ more) => (setBusy(true), await ask(more), setBusy(false));
  const stop = () => send({ url: `${URL}ending/`, method: "PUT" });
  const remove = () => send({ method: "DELETE" });
  return html`
    <div class="rehearsal stack">
      <p role="status" class="lead" dir="auto">${summary(now)}</p>
      ${isUnderWay() && html`<${Bar} now=${now} />`}
      ${now.report && html`<${Faults} faults=${now.report.faults} />`}
      <${Counts} now=${now} />
      ${now.report && html`<${Times} report=${now.report} />`}
      ${page.may_rehearse && isUnderWay() && html`<button type="button" class="button quiet wide" disabled=${isBusy || now.is_stopping} onClick=${stop}>${_("Stop")}</button>`}
      ${page.may_rehearse && !isUnderWay() && html`<button type="button" class="button danger wide" disabled=${isBusy} onClick=${remove}>${_("Remove every trace")}</button>`}
    </div>
  `;
}

/** The verdict first, in plain words. @param {Going} now */
function summary({ state, is_stopping, doing, report, why, people }) {
  if (is_stopping) return _("It is being stopped, and its copies are erased.");
  if (state === "asked" || state === "running") return doing;
  if (state === "stopped") return _("It was stopped before its end, so there is no verdict. Its copies are erased.");
  if (state === "cut_off") return _("It was cut off before its end. Whatever is left of it is erased within a minute.");
  if (!report) return _("It could not be carried out: {why}", { why });
  if (report.is_good) return _n("All was well with {count} person: nothing was lost, doubled, or told to the wrong one.", "All was well with {count} people: nothing was lost, doubled, or told to the wrong ones.", people);
  const failed = report.faults.reduce((sum, { count }) => sum + count, 0);
  return _n("Something failed, {count} time. Do not begin the evening like this.", "Something failed, {count} times. Do not begin the evening like this.", failed);
}

/** @param {{ now: Going }} props */
function Bar({ now: { part, doing } }) {
  const percent = Math.round(100 * part);
  return html`
    <div class="progress" role="progressbar" aria-label=${_("Rehearsal")} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent} aria-valuetext=${`${percent} %: ${doing}`}>
      <progress max="100" value=${percent} aria-hidden="true"></progress>
      <span class="figures" aria-hidden="true">${percent} %</span>
    </div>
  `;
}

/** @param {{ faults: Fault[] }} props */
function Faults({ faults }) {
  return faults.length > 0 && html`
    <ul class="faults stack">
      ${faults.map(({ sentence, count }) => html`<li key=${sentence}><span class="badge danger figures">${figure(count)} ×</span> <span dir="auto">${sentence}</span></li>`)}
    </ul>
  `;
}

/** @param {{ now: Going }} props */
function Counts({ now: { counts, people } }) {
  /** @type {[string, string][]} */
  const rows = [
    [_("People in"), _("{count} of {all}", { count: figure(counts.here ?? 0), all: figure(people) })],
    [_("Things done"), figure(counts.writes ?? 0)],
    [_("Messages heard"), figure(counts.frames ?? 0)],
    [_("Lost"), figure(counts.lost ?? 0)],
    [_("Doubled"), figure(counts.doubled ?? 0)],
    [_("Told to the wrong ones"), figure(counts.leaked ?? 0)],
    [_("Errors"), figure(counts.errors ?? 0)],
    [_("Avoidable repeats"), figure(counts.repeats ?? 0)],
  ];
  return html`<dl class="counts figures">${rows.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** @param {{ report: Report }} props */
function Times({ report: { pushes, late_ms, compared } }) {
  const title = _("From the press to the screen, in milliseconds");
  return html`
    <div class="times" tabindex="0" role="region" aria-label=${title}>
      <table class="figures">
        <caption>${title}</caption>
        <thead><tr><th scope="col"></th><th scope="col">${_("Half within")}</th><th scope="col">${_("99 % within")}</th><th scope="col">${_("Longest")}</th><th scope="col">${_("Screens")}</th></tr></thead>
        <tbody>
          ${pushes.map((one) => html`<tr key=${one.push}><th scope="row">${one.push}</th><td>${figure(one.p50_ms)}</td><td>${figure(one.p99_ms)}</td><td>${figure(one.max_ms)}</td><td>${figure(one.heard)}</td></tr>`)}
        </tbody>
      </table>
    </div>
    <p>${_n("In the end, {count} screen was compared with a fresh one.", "In the end, {count} screens were compared with fresh ones.", compared)}</p>
    ${late_ms >= LATE_MS && html`<p>${_("The simulated people were late themselves, by up to {ms} ms: these times are partly those of the computer that simulates them.", { ms: figure(late_ms) })}</p>`}
  `;
}

function Whole() {
  useEffect(() => void follow(), []);
  return html`<${Rehearsal} />`;
}

render(html`<${Whole} />`, /** @type {HTMLElement} */ (document.getElementById("rehearsal")));
