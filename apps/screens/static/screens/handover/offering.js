/** The phone that somebody will leave: it shows three words, and goes when they were taken. */
import { createDocuments } from "../documents.js";
import { connect } from "../live.js";
import { submit } from "../outbox.js";
import { page } from "../page.js";
import { Countdown, useRemaining } from "../parts/now.js";
import { effect, html, render, signal } from "../vendor/preact.js";
import { _ } from "../words.js";

/** @typedef {{ words: string[], made_at: string, ends_at: string }} Offer */

const url = `/api/v1/events/${page.code}/me/handover/`;
/** @type {import("../vendor/preact.js").Signal<Offer | null>} */
const offer = signal(null);
const refusal = signal("");

/** Behind all that still waits to be sent: what was typed here is there before anybody goes. */
async function show() {
  refusal.value = "";
  try {
    offer.value = (await submit({ url, method: "PUT", body: {}, label: _("Move to another phone") })).handover;
  } catch (no) {
    refusal.value = /** @type {Error} */ (no).message;
  }
}

async function stay() {
  await submit({ url, method: "DELETE", body: {}, label: _("Stay on this phone") }).catch(() => undefined);
  location.assign(`/${page.code}/`);
}

function Offering() {
  const found = offer.value;
  return html`
    <h1>${_("Move to another phone")}</h1>
    <p class="lead">${_("On the other phone, point the camera at this code, or open {address} and type the three words.", { address: `${page.origin.replace(/^\w+:\/\//, "")}/${page.code}/move/` })}</p>
    ${found ? html`<${Words} key=${found.made_at} ...${found} />` : html`<p class="quiet" role="status">${!refusal.value && _("First, all that you typed here is sent.")}</p>`}
    <p class="refusal" role="alert">${refusal.value}</p>
    <button type="button" class="button quiet wide" onClick=${stay}>${_("Stay on this phone")}</button>
  `;
}

function Words(/** @type {Offer} */ { words, made_at, ends_at }) {
  const left = useRemaining({ ends_at });
  if (left !== null && left <= 0) {
    return html`<p class="lead" role="status">${_("These words do not work any more.")}</p>
      <button type="button" class="button primary large wide" onClick=${show}>${_("Show new words")}</button>`;
  }
  return html`
    <div class="qr move-code"><img src=${`code.svg?${Date.parse(made_at)}`} alt=${_("QR code to go on with another phone")} /></div>
    <ol class="move-words display" lang="en" dir="ltr">${words.map((word) => html`<li key=${word}>${word}</li>`)}</ol>
    <div class="move-left"><${Countdown} span=${{ entered_at: made_at, ends_at }} spoken /></div>
    <p class="quiet">${_("They work once. Whoever types them is you from then on, so show them to nobody else.")}</p>
  `;
}

show();
const live = connect({ code: page.code, as: "phone", documents: createDocuments(page.snapshot) });
effect(() => {
  const { name, code, message } = live.state.value;
  if (name !== "refused") return;
  // At this address a phone that was left finds another page.
  if (code === "moved") location.reload();
  else refusal.value = message ?? "";
});
render(html`<main class="page stack move"><${Offering} /></main>`, /** @type {HTMLElement} */ (document.getElementById("screen")));
