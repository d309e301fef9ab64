/** A phone that was left: where its attendee is, and what it could not send, for nothing typed is lost. */
import { forgetHere } from "../kept.js";
import { page } from "../page.js";
import { Lamp } from "../parts/lamp.js";
import { html, render } from "../vendor/preact.js";
import { _ } from "../words.js";

/** @typedef {{ name: string, label: string, texts: string[] }} Unsent */

/** Read and not sent: only who comes back to this phone may still send it. @returns {Unsent[]} */
function unsent() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith("outbox/")).sort();
    const entries = names.map((name) => ({ ...JSON.parse(localStorage.getItem(name) ?? "{}"), name }));
    const ours = entries.filter(({ url }) => typeof url === "string" && url.startsWith(`/api/v1/events/${page.code}/`));
    return ours.map(({ name, label, body }) => ({ name, label, texts: Object.values(body ?? {}).filter((value) => typeof value === "string") }));
  } catch {
    return [];
  }
}

/** Nothing of the last one is left to the next one, and nothing is sent in their name. */
async function joinAnew() {
  for (const { name } of unsent()) localStorage.removeItem(name);
  await forgetHere(page.code, page.segments);
  location.assign(`/${page.code}/?anew`);
}

function Left() {
  const kept = unsent();
  return html`
    <${Lamp} />
    <h1>${_("You have moved to another phone")}</h1>
    <p class="lead">${_("Everything goes on there. This phone hears nothing more of the event.")}</p>
    ${kept.length > 0 && html`
      <section class="kept-here" aria-labelledby="kept">
        <h2 id="kept">${_("Perhaps not sent from here")}</h2>
        ${kept.map(({ name, label, texts }) => html`<p key=${name}><span class="quiet">${label}</span> <span dir="auto">${texts.join(" · ")}</span></p>`)}
        <p class="quiet">${_("Type it again on the other phone, or come back to this one: then it is sent. Joining here as somebody else erases it.")}</p>
      </section>
    `}
    <a class="button quiet wide" href=${`/${page.code}/move/`}>${_("Come back to this phone")}</a>
    <button type="button" class="button quiet wide" onClick=${joinAnew}>${_("Join here as somebody else")}</button>
  `;
}

// What was to be read offline is on the other phone by now.
globalThis.caches?.delete(`keepsake-${page.code}`).catch(() => false);
render(html`<main class="page stack"><${Left} /></main>`, /** @type {HTMLElement} */ (document.getElementById("screen")));
