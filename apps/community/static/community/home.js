/** The community's home: which events are now, which come next, which were, and how another one begins. */
import { Toasts } from "../screens/parts/dialog.js";
import { html, render } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { Deleting, More } from "./event_dialogs.js";
import { EventRow } from "./event_row.js";
import { events, panel, shelves } from "./home_state.js";
import { NewEvent } from "./new_event.js";

function Home() {
  const { now, next, past, archived } = shelves(events.value);
  const isEmpty = events.value.length === 0;
  return html`
    <main class="home stack">
      <header class="row between">
        <h1>${_("Your events")}</h1>
        <button type="button" class="button primary large" onClick=${() => (panel.value = "new")}>${_("New event")}</button>
      </header>
      ${isEmpty && html`<p class="lead quiet">${_("There is no event yet. Begin with a programme that other communities use, and change what you like.")}</p>`}
      <${Shelf} id="now" title=${_("Now")} found=${now} />
      <${Shelf} id="next" title=${_("Next")} found=${next} />
      <${Shelf} id="past" title=${_("Past")} found=${past} />
      ${archived.length > 0 && html`
        <details class="archived">
          <summary><h2>${_("Archived")}</h2></summary>
          <ul class="list">${archived.map((event) => html`<${EventRow} key=${event.code} event=${event} />`)}</ul>
        </details>
      `}
      <p class="quiet"><a href="/">${_("I want to join an event")}</a></p>
    </main>
    <${Dialogs} />
    <${Toasts} />
  `;
}

/** @param {{ id: string, title: string, found: import("./home_state.js").HomeEvent[] }} props */
function Shelf({ id, title, found }) {
  if (found.length === 0) return null;
  return html`
    <section aria-labelledby=${id}>
      <h2 id=${id}>${title}</h2>
      <ul class="list">${found.map((event) => html`<${EventRow} key=${event.code} event=${event} />`)}</ul>
    </section>
  `;
}

function Dialogs() {
  const [name, code] = panel.value.split("/");
  if (name === "new") return html`<${NewEvent} />`;
  const event = events.value.find((one) => one.code === code);
  if (!event) return null;
  if (name === "copy") return html`<${NewEvent} original=${event} />`;
  return name === "delete" ? html`<${Deleting} event=${event} />` : html`<${More} event=${event} />`;
}

render(html`<${Home} />`, /** @type {HTMLElement} */ (document.getElementById("screen")));
