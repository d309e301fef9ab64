/** The page of an invitation: who asks whom to do what, and one press to say yes. The token never leaves the fragment but in a request's body. */
import { Refused, call, newKey } from "../screens/api.js";
import { say, sentenceOf } from "../screens/console/saying.js";
import { page } from "../screens/page.js";
import { Toasts } from "../screens/parts/dialog.js";
import { Lamp } from "../screens/parts/lamp.js";
import { html, render, useEffect, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { Field } from "./fields.js";

/** @typedef {{ event: { code: string, title: string }, role: "host" | "moderator", by: string }} Asked */

const token = location.hash.slice(1);
// One press is one request, however often it is sent.
const key = newKey();

function InvitationPage() {
  const [asked, setAsked] = useState(/** @type {Asked | null} */ (null));
  const [refusal, refuse] = useState("");
  useEffect(() => {
    call({ url: "/api/v1/invitation/", method: "POST", body: { token } }).then(setAsked, (error) => refuse(sentenceOf(error)));
  }, []);
  if (refusal) return html`<${No} refusal=${refusal} />`;
  return asked && html`<${Asking} asked=${asked} onRefused=${refuse} />`;
}

/** @param {{ refusal: string }} props */
function No({ refusal }) {
  return html`
    <main class="calm stack">
      <${Lamp} />
      <h1>${_("This invitation does not work")}</h1>
      <p class="lead quiet">${refusal}</p>
      <a class="button quiet" href="/">${_("I want to join an event")}</a>
    </main>
  `;
}

/** @param {{ asked: Asked, onRefused: (refusal: string) => void }} props */
function Asking({ asked, onRefused }) {
  const [name, setName] = useState("");
  const [refusal, refuse] = useState("");
  const [isBusy, setBusy] = useState(false);
  const who = asked.by || _("Somebody");
  const accept = async (/** @type {SubmitEvent} */ press) => {
    press.preventDefault();
    setBusy(true);
    try {
      const { next } = await call({ url: "/api/v1/invitation/acceptance/", method: "POST", body: { token, name }, key });
      location.replace(next);
    } catch (error) {
      setBusy(false);
      if (!(error instanceof Refused)) say(sentenceOf(error));
      else if (error.status === 400) refuse(error.message);
      else onRefused(error.message);
    }
  };
  return html`
    <main class="invitation stack">
      <${Lamp} />
      <p class="quiet">${asked.role === "host" ? _("{name} asks you to host", { name: who }) : _("{name} asks you to moderate", { name: who })}</p>
      <h1 dir="auto">${asked.event.title}</h1>
      <p class="lead">${asked.role === "host" ? _("You move the event on, and choose with the others who is on the crew.") : _("You decide which tips and pictures are shown to everybody.")}</p>
      <form class="stack" onSubmit=${accept}>
        ${page.account ? html`<p>${_("You are signed in as {name}.", { name: page.account })}</p>` : html`
          <${Field} id="name" label=${_("Your name")} hint=${_("The rest of the crew sees it.")} value=${name} onInput=${setName} refusal=${refusal} autocomplete="name" maxlength="80" required />
        `}
        <button class="button primary large wide" disabled=${isBusy} aria-busy=${isBusy ? "true" : null}>${_("Accept")}</button>
      </form>
    </main>
    <${Toasts} />
  `;
}

render(html`<${InvitationPage} />`, /** @type {HTMLElement} */ (document.getElementById("screen")));
