/** One's own card to fill in: at the door, and again among what is one tap away. It comes with whoever shows it. */
import { html, useState } from "../vendor/preact.js";
import { notice } from "../outbox.js";
import { _ } from "../words.js";

/** What the event asks of a name. @type {Record<string, () => string>} */
const HINTS = {
  unique: () => _("As the others should see it. Everybody here has a different one."),
  full: () => _("First and last name, as the others should see them."),
};

/**
 * Name, in the room or remote, how to be spotted. Refusals of `submit` ({message, fields}) stand as sentences
 * beside what they are about, and nothing typed is lost.
 */
export function AttendeeForm(/** @type {any} */ { card, event, label, submit, large = false }) {
  const [busy, setBusy] = useState(false);
  const [asks, setAsks] = useState(false);
  const [refusal, setRefusal] = useState(/** @type {{ message: string, fields?: Record<string, string> } | null} */ (null));
  const send = async (/** @type {SubmitEvent} */ press) => {
    press.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (press.currentTarget));
    setBusy(true);
    setRefusal(null);
    try {
      await submit({ name: data.get("name"), remote: data.get("where") === "remote", spot: data.get("spot"), ...(data.has("whole") && { whole: true }) });
    } catch (error) {
      if (/** @type {any} */ (error).code === "not_full") setAsks(true);
      setRefusal(/** @type {any} */ (error));
    } finally {
      setBusy(false);
    }
  };
  const field = (/** @type {string} */ name) => refusal?.fields?.[name];
  return html`
    <form class="stack" onSubmit=${send} novalidate>
      <div class="field">
        <label for="name">${_("Your name")}</label>
        <input id="name" name="name" dir="auto" autocomplete="nickname" enterkeyhint="next" maxlength="200" required
          defaultValue=${card?.name ?? ""} aria-invalid=${field("name") ? "true" : null} aria-describedby="name-hint" />
        <span id="name-hint" class=${field("name") ? "refusal" : "hint"}>${field("name") ?? HINTS[event.names]?.() ?? _("As the others should see it.")}</span>
        ${asks && html`<label class="row"><input type="checkbox" name="whole" />${_("I have one name only")}</label>`}
      </div>
      <fieldset class="field">
        <legend>${_("Where are you?")}</legend>
        <div class="choice">
          <label><input type="radio" name="where" value="room" defaultChecked=${!card?.remote} />${_("In the room")}</label>
          <label><input type="radio" name="where" value="remote" defaultChecked=${Boolean(card?.remote)} />${_("Remote")}</label>
        </div>
      </fieldset>
      <div class="field">
        <label for="spot">${_("How to spot you")}</label>
        <input id="spot" name="spot" dir="auto" autocomplete="off" enterkeyhint="done" maxlength="400"
          defaultValue=${card?.spot ?? ""} aria-invalid=${field("spot") ? "true" : null} aria-describedby="spot-hint" />
        <span id="spot-hint" class=${field("spot") ? "refusal" : "hint"}>${field("spot") ?? _("For example: green scarf, near the window. You may leave it empty.")}</span>
      </div>
      <p class="refusal" role="alert">${refusal && !Object.keys(refusal.fields ?? {}).length ? refusal.message : ""}</p>
      <button class=${`button primary wide ${large ? "large" : ""}`} aria-disabled=${busy}>${busy ? _("Saving") : label}</button>
      <p role="status" class="quiet">${busy && html`<span class="late">${notice.value || _("Saved on your phone. It will be sent when the network is back.")}</span>`}</p>
    </form>
  `;
}
