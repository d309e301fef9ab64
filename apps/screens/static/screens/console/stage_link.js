/** The stage's address: open it, copy it, scan it, or issue a new one when the old one got into wrong hands. */
import { call, newKey } from "../api.js";
import { page } from "../page.js";
import { Dialog, toast } from "../parts/dialog.js";
import { html, useRef, useState } from "../vendor/preact.js";
import { _ } from "../words.js";
import { say, sentenceOf } from "./saying.js";
import { close, documents, isHost } from "./state.js";

export function StagePanel() {
  const [isAsking, ask] = useState(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const path = documents.crew.value.stage?.address ?? "";
  const address = `${page.origin}${path}`;
  if (isAsking) return html`<${Renewing} onClose=${() => ask(false)} />`;
  return html`
    <${Dialog} title=${_("Stage")} onClose=${close}>
      <p>${_("Open it on the projector's computer. Whoever has this address sees the stage, and can change nothing.")}</p>
      <div class="row">
        <a class="button primary" href=${path} target="_blank" rel="noopener">${_("Open the stage")}</a>
        <button type="button" class="button quiet" onClick=${() => copy(address, field.current)}>${_("Copy the address")}</button>
      </div>
      <div class="field">
        <label for="stage-address">${_("Address")}</label>
        <input id="stage-address" ref=${field} readonly dir="ltr" value=${address} onFocus=${(/** @type {any} */ e) => e.currentTarget.select()} />
      </div>
      <img class="qr stage-qr" width="220" height="220" alt=${_("QR code of the stage's address")} src=${`/console/${page.code}/stage.svg?of=${encodeURIComponent(path.slice(-12))}`} />
      ${isHost.value && html`<button type="button" class="button quiet" onClick=${() => ask(true)}>${_("Make a new address")}</button>`}
      <p><a href=${`/console/${page.code}/rehearsal/`}>${_("Is everything ready for the evening?")}</a></p>
    <//>
  `;
}

/** Over plain HTTP there is no clipboard: then the address is selected, and one key copies it. @param {string} text @param {HTMLInputElement | null} field */
export async function copy(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    toast(_("Copied."));
  } catch {
    field?.focus();
    field?.select();
    const isCopied = document.execCommand?.("copy");
    toast(isCopied ? _("Copied.") : _("The address is selected. Copy it with your keyboard."));
  }
}

function Renewing(/** @type {{ onClose: () => void }} */ { onClose }) {
  const [isBusy, setBusy] = useState(false);
  const renew = async () => {
    setBusy(true);
    try {
      await call({ url: `/api/v1/events/${page.code}/stage-links/`, method: "POST", body: {}, key: newKey() });
      onClose();
    } catch (error) {
      setBusy(false);
      say(sentenceOf(error));
    }
  };
  return html`
    <${Dialog} title=${_("Make a new address?")} onClose=${onClose}>
      <p>${_("The old one stops working at once, also on the projector. Open the new one there.")}</p>
      <div class="row">
        <button type="button" class="button danger primary" aria-busy=${isBusy ? "true" : null} disabled=${isBusy} onClick=${renew}>${_("New address")}</button>
        <button type="button" class="button quiet" onClick=${onClose}>${_("Keep the old one")}</button>
      </div>
    <//>
  `;
}
