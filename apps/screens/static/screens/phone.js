/** The attendee's screen: the one thing that is now; all else is one tap away. */
import { effect, html, render, signal, useEffect, useState } from "./vendor/preact.js";
import { createDocuments } from "./documents.js";
import { plain, useCard } from "./kinds.js";
import { forgetHere } from "./kept.js";
import { connect } from "./live.js";
import { notice, rejected, submit, waiting } from "./outbox.js";
import { page } from "./page.js";
import { Toasts, toast } from "./parts/dialog.js";
import { Lamp } from "./parts/lamp.js";
import { Logo } from "./parts/logo.js";
import { Countdown, closingOf, currentSegment, titleNow, wearHue, wearPalette } from "./parts/now.js";
import { About, AboutPanel, ProgrammePanel, untilWhen } from "./parts/panels.js";
import { _ } from "./words.js";

// What is now comes first; what stands beside it may come a little later.
const calm = signal(false);
setTimeout(() => (calm.value = true), 1_500);
const documents = createDocuments(page.snapshot);
const live = connect({ code: page.code, as: "phone", documents });
const SLOW = 2_500;
const isLive = () => live.state.value.name === "live";
const api = `/api/v1/events/${page.code}/`;

effect(() => {
  const { event, now, programme } = documents.public.value;
  const segment = now.blanked || now.state === "before" ? null : currentSegment(programme, now);
  wearHue(segment);
  wearPalette(event);
  document.title = segment ? `${titleNow(segment, now)} · ${event.title}` : event.title;
});

function Phone() {
  const { event, now, programme } = documents.public.value;
  const me = documents.me.value.attendee;
  const [open, setOpen] = useState("");
  const MePanel = useCard((calm.value || open) && "me", "beside");
  const close = () => setOpen("");
  if (live.state.value.name === "refused") return html`<${Gone} />`;
  if (me?.left_at) return html`<${Left} event=${event} />`;
  const Picture = now.blanked ? Blanked : now.state === "before" ? Before : now.state === "ended" ? Ended : Live;
  return html`
    <${Picture} event=${event} now=${now} programme=${programme} me=${me} />
    <${Outbox} />
    <nav class="dock" aria-label=${_("More")}>
      ${!now.blanked && html`<button type="button" class="button plain" onClick=${() => setOpen("programme")}>${_("Programme")}</button>`}
      <button type="button" class="button plain" onClick=${() => setOpen("about")}>${_("About")}</button>
      <button type="button" class="button plain cut" onClick=${() => setOpen("me")}>${_("You")}</button>
    </nav>
    ${open === "programme" && html`<${ProgrammePanel} programme=${programme} now=${now} onClose=${close} />`}
    ${open === "about" && html`<${AboutPanel} event=${event} onClose=${close} />`}
    ${open === "me" && MePanel && html`<${MePanel} me=${me} event=${event} onClose=${close} save=${save} leave=${() => (close(), leave())} forget=${forget} />`}
    <${Toasts} />
  `;
}

function Head(/** @type {any} */ { event, title = event.title, children }) {
  return html`
    <header class="poster">
      <div class="poster-line">
        <span class="cut" dir="auto">${title}</span>
        <${Line} />
      </div>
      ${children}
    </header>
  `;
}

/** Says so whenever what is shown may be old. */
function Line() {
  const { name } = live.state.value;
  const words = name === "live" ? "" : !navigator.onLine ? _("No network") : name === "connecting" ? _("Connecting") : _("Reconnecting");
  return html`<span role="status">${words && html`<span class=${`notice ${name}`}>${words}</span>`}</span>`;
}

/** Whether something waits for its answer longer than a good line takes, or cannot be sent at all. @param {string | undefined} name */
function useSlow(name) {
  const [slow, setSlow] = useState("");
  useEffect(() => {
    const timer = name ? setTimeout(setSlow, SLOW, name) : undefined;
    return () => clearTimeout(timer);
  }, [name]);
  return name !== undefined && (!isLive() || slow === name);
}

/** What was typed and is not yet with the server; what an earlier page sent and the server refused. */
function Outbox() {
  const refused = rejected.value;
  const kept = useSlow(waiting.value[0]?.name) && (notice.value || (isLive() ? _("Not sent yet. Your phone keeps it and tries again by itself.") : _("Saved on your phone. It will be sent when the network is back.")));
  return html`
    <div role="status">${kept && html`<p class="banner kept">${kept}</p>`}</div>
    <div role="alert">
      ${refused && html`<p class="banner danger kept"><span>${refused.label && `${refused.label}: `}${refused.message}</span><button type="button" class="button" onClick=${() => (rejected.value = null)}>${_("Understood")}</button></p>`}
    </div>
  `;
}

function Live(/** @type {any} */ { event, now, programme, me }) {
  const segment = currentSegment(programme, now);
  // Until the kind's own card is there, the plain one says what to do.
  const Card = useCard(segment?.kind, "phone") ?? plain.phone;
  if (!segment) return html`<${Head} event=${event} />`;
  const next = programme.segments[programme.segments.indexOf(segment) + 1];
  return html`
    <${Head} event=${event}>
      <div class="poster-now">
        <div>
          <p class="eyebrow">${isLive() ? _("Now") : _("When last heard from")}</p>
          <h1 dir="auto" lang=${event.language}>${segment.title}</h1>
        </div>
        <${Countdown} span=${now} stale=${!isLive()} spoken />
      </div>
    <//>
    <p class="hidden-text" aria-live="polite">${titleNow(segment, now)}</p>
    <main class="page-body">
      ${Card && html`<${Card} segment=${segment} now=${now} event=${event} documents=${documents} me=${me} submit=${submit} clap=${live.clap} />`}
      ${programme.segments.map((/** @type {any} */ one) => one !== segment && page.beside?.includes(one.kind) && html`<${Elsewhere} key=${one.id} segment=${one} now=${now} event=${event} me=${me} />`)}
      ${next && html`<p class="next quiet">${_("Next")} <time>${next.starts_at_local}</time> <span dir="auto">${next.title}</span></p>`}
    </main>
  `;
}

/** What the kind of a segment that is not current shows all the same: a bowl that is open already. */
function Elsewhere(/** @type {any} */ { segment, now, event, me }) {
  const Card = useCard(calm.value && segment.kind, "beside");
  return Card && html`<${Card} segment=${segment} now=${now} event=${event} documents=${documents} me=${me} submit=${submit} />`;
}

function Before(/** @type {any} */ { event, me }) {
  return html`
    <${Head} event=${event} title=${event.subtitle}>
      <${Logo} event=${event} />
      <h1 dir="auto">${event.title}</h1>
    <//>
    <main class="page-body stack">
      <div class="stack waiting">
        <p class="display lead" dir="auto">${_("You're in, {name}.", { name: me?.name ?? "" })}</p>
        <p>${event.starts_at_local ? _("It starts at {time}. This page changes by itself when it does.", { time: event.starts_at_local }) : _("This page changes by itself when it starts.")}</p>
      </div>
      <${About} event=${event} />
    </main>
  `;
}

/** The closing stays open after the end: that is when people look for whom they met. */
function Ended(/** @type {any} */ { event, now, programme, me }) {
  const closing = closingOf(programme);
  const Card = useCard(closing?.kind, "phone");
  return html`
    <${Head} event=${event}>
      <h1 class="huge" dir="auto">${closing?.title ?? _("The end")}</h1>
    <//>
    <main class="page-body stack">
      <p class="lead">${_("Thank you for being here.")}</p>
      ${closing && Card && html`<${Card} segment=${closing} now=${now} event=${event} documents=${documents} me=${me} submit=${submit} />`}
      ${closing?.kind !== "closing" && html`<a class="button primary large wide" href=${`/${page.code}/keepsake/`}>${_("Open your keepsake")}</a>`}
      <${About} event=${event} />
    </main>
  `;
}

function Blanked(/** @type {any} */ { event }) {
  return html`
    <${Head} event=${event} />
    <main class="page-body stack calm">
      <${Lamp} />
      <h1>${_("A short pause")}</h1>
      <p class="lead quiet">${_("Look up to the room. This page goes on by itself.")}</p>
    </main>
  `;
}

function Left(/** @type {any} */ { event }) {
  return html`<main class="page-body stack calm">
    <${Lamp} />
    <h1>${_("You have left")}</h1>
    <p class="lead quiet">${_("Your name is kept, in case you come back.")} ${untilWhen(event)}</p>
    <button type="button" class="button primary large" onClick=${comeBack}>${_("Come back")}</button>
    <${Toasts} />
  </main>`;
}

/** The server closed this line for good: removed or forgotten, the event erased, or a page older than the server. */
function Gone() {
  const { code, message } = live.state.value;
  if (code === "moved") return void location.replace(`/${page.code}/hand-over/`);
  const isOld = code === "outdated";
  useEffect(() => void (isOld || dropKept()), [isOld]);
  const isErased = code === "erased";
  return html`<main class="page-body stack calm">
    <${Lamp} />
    <h1>${isOld ? _("This page is out of date") : isErased ? _("Thank you for being here.") : _("You are not at this event any more")}</h1>
    ${message && html`<p class="lead quiet">${message}</p>`}
    ${!isErased && html`<a class="button primary large" href=${`/${page.code}/`}>${isOld ? _("Load it again") : _("Join again")}</a>`}
  </main>`;
}

const save = (/** @type {object} */ body) => submit({ url: `${api}me/`, method: "PATCH", body, label: _("Your card") });
const told = async (/** @type {Promise<unknown>} */ promise) => promise.catch((refusal) => toast(refusal.message));
const leave = () => told(submit({ url: `${api}me/departure/`, method: "PUT", body: {}, label: _("Leaving") }));
const comeBack = () => told(submit({ url: `${api}me/departure/`, method: "DELETE", body: {}, label: _("Coming back") }));
/** What lies on this device goes as well. */
const dropKept = () => forgetHere(page.code, documents.public.value.programme.segments.map((/** @type {any} */ one) => one.id));
const forget = () => told(submit({ url: `${api}me/`, method: "DELETE", body: {}, label: _("Forget me") }).then(dropKept).then(() => location.assign("/")));
render(html`<${Phone} />`, /** @type {HTMLElement} */ (document.getElementById("screen")));
