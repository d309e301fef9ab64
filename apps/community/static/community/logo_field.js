/** The community's logo: a file is drawn anew by the server at once, and stands in the draft like any other word of it. */
import { Refused, call } from "../screens/api.js";
import { page } from "../screens/page.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _, figure } from "../screens/words.js";
import { change, draft, faultAt } from "./editor_state.js";
import { Field, No } from "./fields.js";

export function LogoField() {
  const logo = draft.value.logo;
  const [isBusy, setBusy] = useState(false);
  const [refusal, refuse] = useState("");
  const put = (/** @type {Record<string, string>} */ changes) => change({ logo: { alt: "", ...draft.peek().logo, ...changes } });
  const choose = async (/** @type {any} */ press) => {
    const input = press.currentTarget;
    const [file] = input.files;
    if (!file) return;
    refuse("");
    setBusy(true);
    try {
      put({ data: await drawn(file) });
    } catch (error) {
      refuse(error instanceof Refused ? (error.fields.file ?? error.message) : _("No answer from the server. Choose the file again in a moment."));
    }
    setBusy(false);
    input.value = "";
  };
  const said = refusal || faultAt("logo") || faultAt("logo.data");
  return html`
    <fieldset class="field logo-field">
      <legend>${_("Logo")}</legend>
      ${logo?.data && html`
        <div class="row">
          <img class="logo" src=${`data:image/webp;base64,${logo.data}`} alt=${logo.alt ?? ""} />
          <button type="button" class="button quiet" onClick=${() => change({ logo: undefined })}>${_("Remove the logo")}</button>
        </div>
        <${Field} id="logo-alt" label=${_("What the logo says or shows")} value=${logo.alt ?? ""} onInput=${(/** @type {string} */ alt) => put({ alt })} refusal=${faultAt("logo.alt")} hint=${_("For people who do not see it.")} maxlength="200" />
      `}
      <div class="field">
        <label for="logo-file">${logo?.data ? _("Another picture") : _("Image file")}</label>
        <input id="logo-file" type="file" accept="image/png,image/jpeg,image/webp" onChange=${choose} disabled=${isBusy} aria-invalid=${said ? "true" : null} aria-describedby=${said ? "logo-file-refusal logo-file-hint" : "logo-file-hint"} />
        <span class="hint" id="logo-file-hint">${_("PNG, JPEG or WebP. It is on the stage, at the door and on the keepsake.")}</span>
        <span role="status" class="quiet">${isBusy && _("Drawing it anew")}</span>
        <${No} id="logo-file" refusal=${said} />
      </div>
    </fieldset>
  `;
}

/** The picture as it will be kept, in base64; throws what `call` throws. @param {File} file */
async function drawn(file) {
  if (file.size > page.most_logo_bytes) {
    throw new Refused({ code: "too_large", message: _("The file is larger than {kilobytes} KB.", { kilobytes: figure(page.most_logo_bytes / 1024) }) }, 413);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  // In pieces: a call takes so many arguments and no more.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  const answer = await call({ url: `/api/v1/events/${page.code}/logos/`, method: "POST", body: { file: btoa(text) } });
  return answer.data;
}
