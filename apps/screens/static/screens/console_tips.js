/** The walls of an event on a page of their own, for whoever moderates them: whatever segment is current. */
import { SlimBar } from "./console/bar.js";
import { Gone } from "./console/gone.js";
import { lastOfCard, meaning } from "./console/keys.js";
import { documents, live } from "./console/state.js";
import { cardFor } from "./kinds.js";
import { submit } from "./outbox.js";
import { Toasts } from "./parts/dialog.js";
import { hueOf, wearPalette } from "./parts/now.js";
import { html, render, useEffect, useState } from "./vendor/preact.js";
import { _ } from "./words.js";

const KIND = "group_exercise";

/** Before it is entered for the first time, a segment has no wall. @param {import("./parts/now.js").Segment} segment */
const isOpen = (segment) => documents.public.value[`wall/${segment.id}`] !== undefined;

function TipsPage() {
  const [wanted, setWanted] = useState("");
  const { event, now, programme } = documents.public.value;
  /** @type {import("./parts/now.js").Segment[]} */
  const walls = programme.segments.filter((/** @type {import("./parts/now.js").Segment} */ segment) => segment.kind === KIND);
  const at = (/** @type {string} */ id) => walls.find((segment) => segment.id === id);
  const segment = at(wanted) ?? at(now.segment) ?? walls.findLast(isOpen) ?? walls[0];
  useEffect(() => void (document.documentElement.dataset.hue = hueOf(segment ?? null)), [segment]);
  useEffect(() => wearPalette(event), [event]);
  if (live.state.value.name === "refused") return html`<${Gone} />`;
  return html`
    <${SlimBar} />
    <main class="tips-page stack">
      ${walls.length > 1 && html`<div class="row" role="group" aria-label=${_("Which wall")}>
        ${walls.map((one) => html`<button key=${one.id} type="button" class="button quiet" aria-pressed=${one === segment} onClick=${() => setWanted(one.id)}><span dir="auto">${one.title}</span></button>`)}
      </div>`}
      <h1 dir="auto" lang=${event.language}>${segment?.title ?? _("Tips")}</h1>
      ${!segment && html`<p class="lead quiet">${_("This programme has no group exercise.")}</p>`}
      ${segment && !isOpen(segment) && html`<p class="lead quiet">${_("The wall opens with its segment. What is written comes here by itself.")}</p>`}
      ${segment && isOpen(segment) && html`<${Wall} key=${segment.id} segment=${segment} />`}
    </main>
    <${Toasts} />
  `;
}

function Wall(/** @type {{ segment: import("./parts/now.js").Segment }} */ { segment }) {
  const [View, setView] = useState(/** @type {any} */ (null));
  useEffect(() => void cardFor(KIND, "console").then((found) => setView(() => found)), []);
  const { now, event } = documents.public.value;
  return View && html`<${View} alone segment=${segment} now=${now} event=${event} documents=${documents} me=${documents.me.value.member} submit=${submit} />`;
}

addEventListener("keydown", (press) => {
  const isTyping = press.target instanceof Element && press.target.closest("input, textarea, select, dialog") !== null;
  if (meaning(press, { isTyping }) !== "undo" || !lastOfCard.peek()) return;
  press.preventDefault();
  lastOfCard.peek()?.act();
});

render(html`<${TipsPage} />`, /** @type {HTMLElement} */ (document.getElementById("screen")));
