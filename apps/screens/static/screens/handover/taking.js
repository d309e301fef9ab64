/** The phone to go on with: three words, typed or brought by a QR code, and a press. */
import { call, newKey } from "../api.js";
import { page } from "../page.js";
import { Lamp } from "../parts/lamp.js";
import { html, render, useRef, useState } from "../vendor/preact.js";
import { _ } from "../words.js";

// Behind the # they reach no server; nor do they stay in this phone's list of pages.
const brought = decodeURIComponent(location.hash.slice(1)).replaceAll("-", " ");
history.replaceState(null, "", location.pathname);
const me = page.snapshot.streams.me?.documents.attendee;

function Taking() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState("");
  // The same words pressed again after no answer are the same press.
  const pressed = useRef({ words: "", key: "" });
  const send = async (/** @type {SubmitEvent} */ press) => {
    press.preventDefault();
    const words = String(new FormData(/** @type {HTMLFormElement} */ (press.currentTarget)).get("words"));
    if (pressed.current.words !== words) pressed.current = { words, key: newKey() };
    setBusy(true);
    setRefusal("");
    try {
      await call({ url: `/api/v1/events/${page.code}/handovers/`, method: "POST", body: { words }, key: pressed.current.key });
      location.replace(`/${page.code}/`);
    } catch (no) {
      setRefusal(/** @type {Error} */ (no).message);
      setBusy(false);
    }
  };
  return html`
    <h1>${_("Go on with this phone")}</h1>
    <form class="stack" onSubmit=${send} novalidate>
      <div class="field">
        <label for="words">${_("The three words on your other phone")}</label>
        <input id="words" name="words" dir="ltr" lang="en" defaultValue=${brought} autofocus=${!brought} required autocomplete="off" autocapitalize="none" spellcheck="false"
          maxlength="200" enterkeyhint="go" aria-invalid=${refusal ? "true" : null} aria-describedby="words-hint" />
        <span class=${refusal ? "refusal" : "hint"} id="words-hint" role=${refusal ? "alert" : null}>${refusal || _("They stand there under “You”, “Move to another phone”.")}</span>
      </div>
      <button class="button primary large wide" aria-disabled=${busy}>${busy ? _("Moving") : _("Go on here")}</button>
    </form>
    <p class="quiet">${_("Your name, your group and all that you wrote come along. The other phone stops.")}</p>
    <p><a href=${`/${page.code}/`}>${_("I am new here")}</a></p>
  `;
}

/** Two people do not become one: whoever is somebody here stays that. */
function Somebody() {
  return html`
    <h1>${_("This phone is at this event already")}</h1>
    <p class="lead" dir="auto">${_("As {name}. For somebody else to move here, “Forget me” comes first.", { name: me.name })}</p>
    <a class="button primary large wide" href=${`/${page.code}/`}>${_("To the event")}</a>
  `;
}

render(html`<main class="page stack"><${Lamp} />${me ? html`<${Somebody} />` : html`<${Taking} />`}</main>`, /** @type {HTMLElement} */ (document.getElementById("screen")));
