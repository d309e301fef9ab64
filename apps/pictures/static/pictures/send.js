/** Choosing a picture, saying what it is, and that who is in it agrees. */
import { html, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { CAPTION_MOST, captionLength } from "./caption.js";
import { shrunk } from "./shrink.js";
import { PICTURE_BYTES } from "./state.js";
import { upload } from "./uploads.js";

/** @typedef {import("./shrink.js").Shrunk} Shrunk */

// An iPhone turns HEIC into JPEG by itself where HEIC is not asked for.
const ACCEPTED = "image/jpeg,image/png,image/webp";

/** @param {{ quiet?: boolean }} props `quiet` beside what matters more */
export function SendPicture({ quiet = false }) {
  const [chosen, setChosen] = useState(/** @type {Shrunk | null} */ (null));
  const [isReading, setReading] = useState(false);
  const [trouble, setTrouble] = useState("");
  const choose = async (/** @type {any} */ e) => {
    const file = e.target.files[0];
    e.target.value = "";
    if (!file) return;
    setTrouble("");
    setReading(true);
    try {
      const read = await shrunk(file);
      if (read.bytes.byteLength > PICTURE_BYTES) setTrouble(_("This file is too large. Please choose one under 10 MB."));
      else setChosen(read);
    } catch {
      setTrouble(_("This file could not be read. Please choose another one."));
    }
    setReading(false);
  };
  if (chosen) return html`<${PictureForm} picture=${chosen} onDone=${() => setChosen(null)} />`;
  return html`
    <label class=${`button choose-picture ${quiet ? "quiet" : "primary large wide"}`}>
      ${isReading ? _("Reading the picture") : _("Add a picture")}
      <input type="file" accept=${ACCEPTED} onChange=${choose} />
    </label>
    <p class="refusal" role="alert">${trouble}</p>
  `;
}

function PictureForm(/** @type {{ picture: Shrunk, onDone: () => void }} */ { picture, onDone }) {
  const [caption, setCaption] = useState("");
  const [signed, setSigned] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const [trouble, setTrouble] = useState("");
  const send = (/** @type {Event} */ press) => {
    press.preventDefault();
    const over = captionLength(caption.trim()) - CAPTION_MOST;
    if (!agreed) return setTrouble(_("Please ask the people in it first, and tick the line above."));
    if (over > 0) return setTrouble(_n("{count} character too many.", "{count} characters too many.", over));
    upload({ ...picture, caption: caption.trim(), signed });
    onDone();
  };
  return html`
    <form class="stack card picture-form" onSubmit=${send}>
      ${picture.preview ? html`<img src=${picture.preview} alt=${_("The picture you chose")} />` : html`<p class="quiet">${_("This phone cannot show it here, but it can be sent.")}</p>`}
      <div class="field">
        <label for="picture-caption">${_("What is it? (optional)")}</label>
        <input id="picture-caption" dir="auto" autocomplete="off" value=${caption} onInput=${(/** @type {any} */ e) => setCaption(e.target.value)} />
      </div>
      <label class="check"><input type="checkbox" checked=${signed} onChange=${(/** @type {any} */ e) => setSigned(e.target.checked)} /> ${_("Put my name on it")}</label>
      <label class="check"><input type="checkbox" checked=${agreed} aria-describedby="picture-trouble" onChange=${(/** @type {any} */ e) => setAgreed(e.target.checked)} /> ${_("Everybody in it knows that it will be shown at this event and in its keepsake, and agrees.")}</label>
      <p class="quiet">${_("A moderator looks at it first. Place and camera are not kept. You can delete it at any time.")}</p>
      <p class="refusal" id="picture-trouble" role="alert">${trouble}</p>
      <div class="row"><button class="button primary">${_("Send it")}</button><button type="button" class="button plain" onClick=${onDone}>${_("Leave it")}</button></div>
    </form>
  `;
}
