/** Instead of a console, once its right is gone. */
import { Lamp } from "../parts/lamp.js";
import { html } from "../vendor/preact.js";
import { _ } from "../words.js";
import { live } from "./state.js";

export function Gone() {
  const { message } = live.state.value;
  return html`<main class="calm stack">
    <${Lamp} />
    <h1>${_("This console is no longer yours")}</h1>
    <p class="lead quiet">${message || _("Somebody has taken you off the crew, or you are signed out.")}</p>
    <a class="button primary" href="/console/">${_("My events")}</a>
  </main>`;
}
