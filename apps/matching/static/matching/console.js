/** Rounds from the podium: one button opens, and what needs a host's eye stands below it. */
import { page } from "../screens/page.js";
import { Sign } from "../screens/parts/sign.js";
import { useRemaining } from "../screens/parts/now.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useRef, useState } from "../screens/vendor/preact.js";
import { _, _n, listed } from "../screens/words.js";

stylesheet(import.meta.resolve("./console.css"));

/** @param {any} props */
export function IcebreakerConsole({ segment, documents, submit, me }) {
  const [trouble, setTrouble] = useState("");
  const round = documents.public.value.round;
  const report = documents.crew.value.round_report;
  const isOpen = round?.segment === segment.id && round.state === "open";
  const send = (/** @type {string} */ path, /** @type {string} */ method, /** @type {any} */ body) => {
    setTrouble("");
    return submit({ url: `/api/v1/events/${page.code}/${path}`, method, body, label: _("The round") }).catch((/** @type {Error} */ no) => setTrouble(no.message));
  };
  const groups = Object.entries(documents.crew.value)
    .filter(([key]) => key.startsWith("groups/"))
    .map(([, group]) => /** @type {any} */ (group))
    .sort((a, b) => a.sign.number - b.sign.number);
  return html`
    <div class="stack rounds-console">
      <h2>${_("Groups")}</h2>
      ${me?.role === "host" && html`<${Lead} segment=${segment} round=${round} isOpen=${isOpen} send=${send} />`}
      <p class="refusal" role="alert">${trouble}</p>
      ${report && round && html`<${Report} round=${round} report=${report} groups=${groups} />`}
      ${!round && me?.role !== "host" && html`<p class="quiet">${_("Groups come when the host opens a round.")}</p>`}
      ${groups.length > 0 && html`<${Groups} groups=${groups} isOpen=${isOpen && me?.role === "host"} send=${send} />`}
    </div>
  `;
}

// Pressed again so soon, it was one press; and so long the server takes an opening back (`UNDO_ACCEPTED`).
const DOUBLE_TAP = 400;
const UNDO_ACCEPTED = 15_000;

function Lead(/** @type {any} */ { segment, round, isOpen, send }) {
  const size = segment.options.group_size ?? { smallest: 2, largest: 3 };
  const [largest, setLargest] = useState(size.largest);
  const [minutes, setMinutes] = useState(segment.options.round_minutes ?? 0);
  const [mix, setMix] = useState(false);
  const [names, setNames] = useState(segment.options.names_on_stage ?? false);
  const pressedAt = useRef(0);
  const [isPending, setPending] = useState(false);
  const open = async (again = false) => {
    if (isPending || Date.now() - pressedAt.current < DOUBLE_TAP) return;
    setPending(true);
    await send("rounds/", "POST", { after: round?.number ?? 0, again, smallest: Math.min(size.smallest, largest), largest, mix_sides: mix, names, ...(minutes > 0 && { minutes }) });
    pressedAt.current = Date.now();
    setPending(false);
  };
  return html`
    <div class="bar">
      <button type="button" class=${`button large ${isOpen ? "quiet" : "primary"} ${isPending ? "pressed" : ""}`} aria-busy=${isPending ? "true" : null} aria-keyshortcuts="r" data-key-words=${_("new groups: open a round")} onClick=${() => open()}>
        ${isOpen ? _("New groups") : round ? _("Open the next round") : _("Open a round")}<kbd class="key" aria-hidden="true">r</kbd>
      </button>
      ${round && html`<button type="button" class="button quiet" onClick=${() => open(true)}>${_("Same groups again")}</button>`}
      ${isOpen && html`<button type="button" class="button quiet" onClick=${() => send(`rounds/${round.id}/closing/`, "PUT")}>${_("Close the round")}</button>
        <${TakeBack} key=${round.id} round=${round} send=${send} />`}
    </div>
    <details>
      <summary>${_("Sizes, minutes, sides, crew")}</summary>
      <div class="bar">
        <div class="field"><label for="largest">${_("Largest group")}</label><input id="largest" type="number" min="2" max="6" value=${largest} onInput=${(/** @type {any} */ e) => setLargest(Math.min(6, Math.max(2, Number(e.target.value) || 2)))} /></div>
        <div class="field"><label for="minutes">${_("Minutes a round, 0 for open end")}</label><input id="minutes" type="number" min="0" max="60" value=${minutes} onInput=${(/** @type {any} */ e) => setMinutes(Math.min(60, Math.max(0, Number(e.target.value) || 0)))} /></div>
        <label class="check"><input type="checkbox" checked=${mix} onChange=${(/** @type {any} */ e) => setMix(e.target.checked)} /> ${_("Mix room and remote")}</label>
        <label class="check"><input type="checkbox" checked=${names} onChange=${(/** @type {any} */ e) => setNames(e.target.checked)} /> ${_("Names on the stage")}</label>
      </div>
      <p class="quiet">${_("Crew who want to be in a group join with their own phone, like everybody. To float, press “Leave me out” there.")}</p>
    </details>
  `;
}

function TakeBack(/** @type {any} */ { round, send }) {
  const left = useRemaining({ ends_at: new Date(Date.parse(round.opened_at) + UNDO_ACCEPTED).toISOString() }) ?? 0;
  if (left <= 0) return null;
  return html`<button type="button" class="button plain" onClick=${() => send(`rounds/${round.id}/`, "DELETE")}>${_("Take it back")} <span class="figures" aria-hidden="true">${Math.ceil(left / 1000)}</span></button>`;
}

function Report(/** @type {any} */ { round, report, groups }) {
  const unconfirmed = groups.filter((/** @type {any} */ group) => !group.found_at).length;
  const alone = groups.filter((/** @type {any} */ group) => group.members.length === 1).map((/** @type {any} */ group) => group.members[0].name);
  const fresh = report.fresh_rounds_left;
  return html`
    <ul class="facts">
      <li><b class="figures">${round.groups}</b> ${_n("group", "groups", round.groups)}</li>
      <li><b class="figures">${unconfirmed}</b> ${_("not yet found")}</li>
      <li><b class="figures">${report.waiting.length}</b> ${_("waiting")}</li>
      <li><b class="figures">${report.repeats}</b> ${_("meet again, {count} unavoidable", { count: report.unavoidable })}</li>
      ${fresh && html`<li><b class="figures">${fresh.at_least >= 12 ? "12+" : fresh.at_least}</b> ${_("fresh rounds left")}${fresh.in_pairs > fresh.at_least && html` · ${_("{count} in pairs", { count: fresh.in_pairs })}`}</li>`}
    </ul>
    ${alone.length > 0 && html`<p dir="auto">${_("Alone: {names}", { names: listed(alone) })}</p>`}
    ${report.waiting.length > 0 && html`<p dir="auto">${_("Waiting: {names}", { names: listed(report.waiting) })}</p>`}
    ${report.reports.length > 0 && html`<details><summary>${_n("{count} rule could not be kept", "{count} rules could not be kept", report.reports.length)}</summary>
      <ul class="list">${report.reports.map((/** @type {any} */ one, /** @type {number} */ index) => html`<li key=${index}><span dir="auto">${one.names.filter(Boolean).join(", ")}</span>: ${reasons()[one.code] ?? one.message}</li>`)}</ul></details>`}
  `;
}

/** @type {() => Record<string, string>} */
const reasons = () => ({
  met_again: _("have met before"), avoided: _("know each other"), sides: _("nobody else on that side"), size: _("another size than asked for"), alone: _("nobody else is here"),
});

/** All groups; press two names one after the other, and they change places. */
function Groups(/** @type {any} */ { groups, isOpen, send }) {
  const [one, setOne] = useState("");
  const press = (/** @type {string} */ id) => {
    if (!one) return setOne(id);
    setOne("");
    if (one !== id) send("swaps/", "POST", { one, other: id });
  };
  return html`
    <details class="group-list">
      <summary>${_("Who is with whom")}</summary>
      ${isOpen && html`<p class="quiet" role="status">${one ? _("Now press whom to swap with.") : _("Press two names to swap them; the same two again takes it back.")}</p>`}
      <ul class="list">
        ${groups.map((/** @type {any} */ group) => html`<li key=${group.id} class="list-row">
          <${Sign} sign=${group.sign} chip />
          <span class="grow names">${group.members.map((/** @type {any} */ member) => isOpen
            ? html`<button key=${member.id} type="button" class="button plain" aria-pressed=${one === member.id ? "true" : "false"} onClick=${() => press(member.id)}><span dir="auto">${member.name}</span></button>`
            : html`<span key=${member.id} dir="auto">${member.name}</span>`)}</span>
          ${group.fixed && html`<span class="badge">${_("by hand")}</span>`}
          ${group.found_at && html`<span class="badge now">${_("found")}</span>`}
        </li>`)}
      </ul>
    </details>
  `;
}
