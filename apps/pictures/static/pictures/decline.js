/** Sending a picture back with a reason, which whoever sent it reads. */
import { Dialog } from "../screens/parts/dialog.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";

/** @type {[string, () => string][]} */
const PICTURE_REASONS = [
  ["agreement", () => _("Somebody may not agree")],
  ["unclear", () => _("Hard to make out")],
  ["unkind", () => _("Could hurt somebody")],
  ["elsewhere", () => _("Not of this event")],
  ["other", () => _("Another reason")],
];

/** @param {{ onClose: () => void, onSend: (body: { reason: string, words: string }) => void }} props */
export function DeclinePicture({ onClose, onSend }) {
  const [reason, setReason] = useState("");
  const [words, setWords] = useState("");
  const [isMissing, setMissing] = useState(false);
  const send = (/** @type {Event} */ press) => {
    press.preventDefault();
    if (reason) onSend({ reason, words: words.trim() });
    else setMissing(true);
  };
  return html`
    <${Dialog} title=${_("Send it back")} onClose=${onClose}>
      <form class="stack" onSubmit=${send}>
        <fieldset class="field">
          <legend>${_("Why? Whoever sent it reads a kind sentence about it.")}</legend>
          <div class="choice">${PICTURE_REASONS.map(([name, label]) => html`<label key=${name}><input type="radio" name="picture-reason" checked=${reason === name} onChange=${() => setReason(name)} />${label()}</label>`)}</div>
        </fieldset>
        <div class="field">
          <label for="picture-words">${_("Your own words instead (optional)")}</label>
          <input id="picture-words" dir="auto" autocomplete="off" maxlength="280" value=${words} onInput=${(/** @type {any} */ e) => setWords(e.target.value)} />
        </div>
        <p class="refusal" role="alert">${isMissing && !reason ? _("Please choose a reason.") : ""}</p>
        <button class="button primary">${_("Send back")}</button>
      </form>
    <//>
  `;
}
