/** The join page: a name, and in. */
import { html, render } from "./vendor/preact.js";
import { submit } from "./outbox.js";
import { page } from "./page.js";
import { AttendeeForm } from "./parts/card_form.js";
import { Logo } from "./parts/logo.js";
import { LanguageLink, untilWhen } from "./parts/panels.js";
import { _ } from "./words.js";

function Join() {
  const event = page.event;
  const join = async (/** @type {object} */ body) => {
    await submit({ url: `/api/v1/events/${page.code}/attendees/`, method: "POST", body, label: _("Joining") });
    location.reload();
  };
  return html`
    <header class="poster">
      <${Logo} event=${event} />
      <p class="eyebrow" dir="auto">${event.subtitle}</p>
      <h1 dir="auto">${event.title}</h1>
    </header>
    <main class="stack page-body">
      ${page.refusal
        ? html`<p class="lead" role="status">${page.refusal.message}</p>`
        : html`
            <${AttendeeForm} event=${event} label=${_("Join")} submit=${join} large />
            <p class="quiet privacy">${_("No account. Your name and how to spot you are seen by the people of this event only, and you can have both erased at any time.")} ${untilWhen(event)}</p>
          `}
      <${LanguageLink} />
    </main>
  `;
}

render(html`<${Join} />`, /** @type {HTMLElement} */ (document.getElementById("screen")));
