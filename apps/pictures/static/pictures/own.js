/** What became of one's own pictures: on the phone, waiting for a look, shown. */
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { ownPictures, pictureAddress, picturesAddress } from "./state.js";
import { dismissUpload, uploadProgress, uploads, uploadsAreKept } from "./uploads.js";

/** @type {Record<string, () => string>} */
const STATES = {
  pending: () => _("Waiting for a look"),
  approved: () => _("Shown"),
  declined: () => _("Not shown"),
  taken_down: () => _("Taken down"),
};

/** @param {any} props */
export function YourPictures({ documents, submit }) {
  const mine = ownPictures(documents);
  if (!mine.length && !uploads.value.length) return null;
  return html`
    <section class="stack" aria-labelledby="own-pictures">
      <h3 id="own-pictures">${_("Your pictures")}</h3>
      <${WaitingPictures} />
      <ul class="stack" aria-live="polite">
        ${mine.map((one) => html`<${YourPicture} key=${one.id} one=${one} submit=${submit} />`)}
      </ul>
    </section>
  `;
}

/** On this device, not yet with the server. */
export function WaitingPictures() {
  return html`<ul class="stack waiting-pictures" role="status">${uploads.value.map((one) => html`<${WaitingPicture} key=${one.key} one=${one} />`)}</ul>`;
}

function WaitingPicture(/** @type {{ one: import("./shelf.js").Upload }} */ { one }) {
  const share = uploadProgress.value[one.key] ?? 0;
  return html`
    <li class="own-picture">
      ${one.preview ? html`<img src=${one.preview} alt="" />` : html`<span class="no-preview"></span>`}
      <div class="stack">
        ${one.caption && html`<p dir="auto">${one.caption}</p>`}
        ${one.trouble
          ? html`<p class="refusal">${one.trouble}</p><button type="button" class="button quiet" onClick=${() => dismissUpload(one.key)}>${_("Understood")}</button>`
          : html`<span class="badge">${uploadsAreKept.value ? _("On your phone, not sent yet") : _("Only on this page, not sent yet")}</span>
              ${share > 0 && html`<progress max="1" value=${share} aria-label=${_("Sent so far")}></progress>`}`}
      </div>
    </li>
  `;
}

function YourPicture(/** @type {{ one: import("./state.js").OwnPicture, submit: any }} */ { one, submit }) {
  const [isAsked, setAsked] = useState(false);
  const [trouble, setTrouble] = useState("");
  const remove = () => {
    setAsked(false);
    submit({ url: `${picturesAddress()}${one.id}/`, method: "DELETE", label: _("Deleting your picture") }).catch((/** @type {Error} */ no) => setTrouble(no.message));
  };
  return html`
    <li class=${`own-picture ${one.state}`}>
      <img src=${pictureAddress(one.id, "small")} alt=${one.caption || _("Your picture")} />
      <div class="stack">
        ${one.caption && html`<p dir="auto">${one.caption}</p>`}
        <span class="badge">${STATES[one.state]?.()}</span>
        ${one.message && html`<p class="message" dir="auto">${one.message}</p>`}
        ${isAsked
          ? html`<div class="row"><button type="button" class="button danger" onClick=${remove}>${_("Delete for good")}</button><button type="button" class="button plain" onClick=${() => setAsked(false)}>${_("Keep it")}</button></div>`
          : html`<button type="button" class="button plain plain-first" onClick=${() => setAsked(true)}>${_("Delete")}</button>`}
        <p class="refusal" role="alert">${trouble}</p>
      </div>
    </li>
  `;
}
