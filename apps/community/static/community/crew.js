/** Who runs an event: the crew, who is asked onto it, and what was done. Hosts change it, moderators read it. */
import { SlimBar } from "../screens/console/bar.js";
import { Gone } from "../screens/console/gone.js";
import { live } from "../screens/console/state.js";
import { Toasts } from "../screens/parts/dialog.js";
import { html, render } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { Account } from "./crew_account.js";
import { Deeds } from "./crew_deeds.js";
import { Invitations } from "./crew_invitations.js";
import { Members } from "./crew_members.js";

function CrewPage() {
  if (live.state.value.name === "refused") return html`<${Gone} />`;
  return html`
    <${SlimBar} />
    <main class="crew-page stack">
      <h1>${_("Crew")}</h1>
      <${Members} />
      <${Invitations} />
      <${Deeds} />
      <${Account} />
    </main>
    <${Toasts} />
  `;
}

render(html`<${CrewPage} />`, /** @type {HTMLElement} */ (document.getElementById("screen")));
