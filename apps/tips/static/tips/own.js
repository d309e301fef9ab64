/** What became of one's own tips. */
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { useMore } from "./more.js";
import { MOST, address, graphemes, ownTips } from "./state.js";

/** @type {Record<string, () => string>} */
const STATES = {
  pending: () => _("Waiting for a look"),
  approved: () => _("On the wall"),
  declined: () => _("Sent back"),
  taken_down: () => _("Taken down"),
};

// The wall below is not pushed out of sight by a busy writer's own.
const STEP = 5;

/** @param {any} props */
export function OwnTips({ segment, wall, documents, submit }) {
  const tips = ownTips(documents, segment).reverse();
  const [most, more] = useMore(tips.length, STEP);
  if (!tips.length) return null;
  return html`
    <section class="stack" aria-labelledby="own-tips">
      <h2 id="own-tips">${_("Your tips")}</h2>
      <ul class="stack" aria-live="polite">${tips.slice(0, most).map((tip) => html`<${OwnTip} key=${tip.id} tip=${tip} wall=${wall} segment=${segment} submit=${submit} />`)}</ul>
      ${more}
    </section>
  `;
}

function OwnTip(/** @type {any} */ { tip, wall, segment, submit }) {
  const [isEditing, setEditing] = useState(false);
  const [trouble, setTrouble] = useState("");
  const url = `${address(segment)}tips/${tip.id}/`;
  const isOpen = tip.state === "pending" || tip.state === "declined";
  const send = (/** @type {any} */ request) => submit(request).catch((/** @type {Error} */ no) => setTrouble(no.message));
  const save = (/** @type {string} */ text) => {
    setEditing(false);
    setTrouble("");
    send({ url, method: "PATCH", body: { text }, label: _("Your tip") });
  };
  return html`
    <li class=${`own-tip ${tip.state}`}>
      ${isEditing && isOpen ? html`<${Editor} tip=${tip} onSave=${save} onClose=${() => setEditing(false)} />` : html`
        <p dir="auto">${tip.text}</p>
        <div class="row between">
          <span class="badge">${tip.state === "approved" && !wall?.revealed ? _("Ready for the wall") : STATES[tip.state]?.()}</span>
          ${isOpen && html`<span class="row">
            <button type="button" class="button plain" onClick=${() => setEditing(true)}>${tip.state === "declined" ? _("Write it anew") : _("Change")}</button>
            <button type="button" class="button plain" onClick=${() => send({ url, method: "DELETE", label: _("Taking your tip back") })}>${_("Take back")}</button>
          </span>`}
        </div>
        ${tip.message && html`<p class="message" dir="auto">${tip.message}</p>`}
        ${tip.original && html`<p class="quiet" dir="auto">${_("You wrote: {text}", { text: tip.original })}</p>`}
      `}
      <p class="refusal" role="alert">${trouble}</p>
    </li>
  `;
}

function Editor(/** @type {any} */ { tip, onSave, onClose }) {
  const [text, setText] = useState(tip.text);
  const isTooLong = graphemes(text.trim()) > MOST;
  const save = (/** @type {Event} */ press) => {
    press.preventDefault();
    if (text.trim() && !isTooLong) onSave(text);
  };
  return html`
    <form class="stack" onSubmit=${save}>
      <div class="field">
        <label for=${`edit-${tip.id}`}>${_("Your tip")}</label>
        <textarea id=${`edit-${tip.id}`} rows="4" dir="auto" value=${text} aria-invalid=${isTooLong ? "true" : undefined} onInput=${(/** @type {any} */ e) => setText(e.target.value)}></textarea>
      </div>
      <div class="row"><button class="button primary" disabled=${isTooLong}>${_("Save")}</button><button type="button" class="button plain" onClick=${onClose}>${_("Leave it")}</button></div>
    </form>
  `;
}
