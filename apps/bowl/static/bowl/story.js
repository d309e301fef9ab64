/** After a story: its title for the keepsake, if its teller wants one there. Fetched only by those who told one. */
import { page } from "../screens/page.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { rejectedInWords } from "./say.js";
import { address } from "./state.js";

/** @param {{ slip: import("./state.js").Slip, segment: any, submit: any }} props */
export function Story({ slip, segment, submit }) {
  const [typed, setTyped] = useState(slip.title);
  const [isChanging, setChanging] = useState(false);
  const [trouble, setTrouble] = useState("");
  const url = `${address(page.code, segment)}slips/mine/title/`;
  const send = (/** @type {any} */ request) => {
    setTrouble("");
    return submit({ url, label: _("The title of your story"), ...request }).then(() => setChanging(false), (/** @type {Error} */ no) => setTrouble(rejectedInWords(no)));
  };
  const give = (/** @type {Event} */ press) => (press.preventDefault(), typed.trim() && send({ method: "PUT", body: { title: typed } }));
  if (slip.title && !isChanging) {
    return html`<div class="stack story">
      <p class="quiet">${_("In the keepsake, beside your name:")}</p>
      <p class="display lead" dir="auto">${slip.title}</p>
      <div class="bar"><button type="button" class="button quiet" onClick=${() => setChanging(true)}>${_("Change it")}</button>
        <button type="button" class="button plain" onClick=${() => send({ method: "DELETE" })}>${_("Take it out")}</button></div>
      <p class="refusal" role="alert">${trouble}</p>
    </div>`;
  }
  return html`<form class="stack story" onSubmit=${give}>
    <div class="field">
      <label for=${`title-${segment.id}`}>${_("Does your story have a title?")}</label>
      <input id=${`title-${segment.id}`} maxlength="160" autocomplete="off" dir="auto" value=${typed} aria-describedby=${`title-hint-${segment.id}`} onInput=${(/** @type {any} */ e) => setTyped(e.target.value)} />
      <p id=${`title-hint-${segment.id}`} class="quiet">${_("It goes into the keepsake, beside your name, for everybody who was here. You can take it out again.")}</p>
    </div>
    <button class="button primary wide">${_("Put it in the keepsake")}</button>
    <p class="refusal" role="alert">${trouble}</p>
  </form>`;
}
