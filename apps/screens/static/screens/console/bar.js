/** The top of the console: whose event, whether this is live, who is here, and what opens what. */
import { clock } from "../clock.js";
import { notice, waiting } from "../outbox.js";
import { page } from "../page.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { _, _n, figure } from "../words.js";
import { documents, live, moves, panel, present } from "./state.js";

export function Bar() {
  const { event, now } = present.value;
  const open = (/** @type {string} */ name) => () => (panel.value = name);
  return html`
    <header class="console-bar">
      <p class="console-title cut" dir="auto">${event.title}</p>
      <nav class="console-nav" aria-label=${_("Console")}>
        <button type="button" class="button plain" aria-keyshortcuts="q" onClick=${open("join")}><span class="code">${event.code}</span></button>
        <button type="button" class="button plain" aria-keyshortcuts="a" onClick=${open("attendees")}><${Present} /></button>
        <button type="button" class="button plain" aria-keyshortcuts="s" onClick=${open("stage")}>${_("Stage")}</button>
        <a class="button plain crew-link" href=${`/console/${page.code}/crew/`}>${_("Crew")}</a>
        <${TipsLink} />
        <button type="button" class="button plain keys-button" aria-keyshortcuts="?" onClick=${open("keys")}>${_("Keys")}</button>
        <${Panic} isBlanked=${now.blanked} />
      </nav>
    </header>
    <${Line} />
    <${Waiting} />
  `;
}

/** Of the pages beside the console: whose event it is, and the way back. */
export function SlimBar() {
  return html`
    <header class="console-bar slim">
      <p class="console-title cut" dir="auto">${documents.public.value.event.title}</p>
      <nav class="console-nav" aria-label=${_("Console")}><a class="button quiet" href=${`/console/${page.code}/`}>${_("To the console")}</a></nav>
    </header>
    <${Line} />
    <${Waiting} />
  `;
}

/** One press, from anywhere, at any time. */
function Panic(/** @type {{ isBlanked: boolean }} */ { isBlanked }) {
  const pending = moves.pending.value?.verb;
  const isMine = pending === "blank" || pending === "unblank";
  return html`
    <button type="button" class=${`button danger ${isBlanked ? "primary" : ""} ${isMine ? "pressed" : ""}`} aria-pressed=${isBlanked} aria-keyshortcuts="b"
      onClick=${() => moves.press(isBlanked ? "unblank" : "blank")}>
      ${_("Blank")}<kbd class="key" aria-hidden="true">b</kbd>
    </button>
  `;
}

function Present() {
  const here = documents.values.value.present;
  const joined = Object.entries(documents.crew.value).filter(([key, attendee]) => key.startsWith("attendees/") && !attendee.left_at).length;
  const count = here ?? joined;
  return html`<b class="figures">${figure(count)}</b> ${here === undefined ? _n("joined", "joined", count) : _n("here", "here", count)}`;
}

/** To the walls, once there is one, with how many tips wait. */
function TipsLink() {
  if (!Object.keys(documents.public.value).some((key) => key.startsWith("wall/"))) return null;
  const waiting = Object.keys(documents.crew.value).filter((key) => key.startsWith("queue/")).length;
  return html`<a class="button plain tips-link" href=${`/console/${page.code}/tips/`}>${_("Tips")}${waiting > 0 && html` <b class="badge now figures">${figure(waiting)}</b>`}</a>`;
}

// A console that has just been opened connects without a word.
const CONNECTING = 4_000;

/** What is shown may be old: says so, and since when. */
function Line() {
  const { name } = live.state.value;
  const [, draw] = useState(0);
  useEffect(() => {
    if (name === "live") return undefined;
    const timer = setInterval(() => draw((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [name]);
  const words = sentence(live.state.value);
  return html`<div role="status">${words && html`<p class="banner danger line">${words}</p>`}</div>`;
}

/** @param {import("../live.js").LiveState} state */
function sentence({ name, since: began, heardAt, message }) {
  if (name === "live" || (name === "connecting" && clock.wall() - began < CONNECTING)) return "";
  if (name === "refused") return message || _("This console is no longer yours. Reload the page to see why.");
  const seconds = Math.round((clock.wall() - (heardAt ?? began)) / 1000);
  const since =
    heardAt === null
      ? _n("Not live: connecting for {count} second.", "Not live: connecting for {count} seconds.", seconds)
      : _n("Not live: last heard {count} second ago.", "Not live: last heard {count} seconds ago.", seconds);
  return navigator.onLine ? since : `${since} ${_("This device has no network.")}`;
}

function Waiting() {
  const count = waiting.value.length;
  const words = count === 0 ? "" : `${_n("{count} thing is waiting to be sent.", "{count} things are waiting to be sent.", count)} ${notice.value}`;
  return html`<div role="status">${words && html`<p class="banner line">${words}</p>`}</div>`;
}
