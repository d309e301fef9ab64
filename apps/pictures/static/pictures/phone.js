/** Pictures in a hand: send one, see what became of it, look at what others took. */
import { Dialog } from "../screens/parts/dialog.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { YourPictures } from "./own.js";
import { SendPicture } from "./send.js";
import { pictureAddress, shownPictures } from "./state.js";

// Named from the folder beside, since this module may be joined to a file there.
stylesheet(import.meta.resolve("../pictures/pictures.css"));

/** @param {any} props those of a kind's card */
export function Pictures({ documents, submit }) {
  return html`
    <section class="stack pictures" aria-labelledby="pictures">
      <h2 id="pictures">${_("Pictures")}</h2>
      <${SendPicture} />
      <${YourPictures} documents=${documents} submit=${submit} />
      <${Gallery} documents=${documents} />
    </section>
  `;
}

function Gallery(/** @type {any} */ { documents }) {
  const [open, setOpen] = useState("");
  const pictures = shownPictures(documents);
  // Taken down while somebody looks at it: it closes.
  const chosen = pictures.find(({ id }) => id === open);
  return html`
    ${pictures.length > 0 && html`<ul class="gallery">
      ${pictures.map((one) => html`<li key=${one.id}><button type="button" onClick=${() => setOpen(one.id)}><img loading="lazy" src=${pictureAddress(one.id, "small")} width=${one.width} height=${one.height} alt=${picturedAs(one)} /></button></li>`)}
    </ul>`}
    ${chosen && html`<${Dialog} title=${chosen.caption || _("Picture")} onClose=${() => setOpen("")}>
      <img class="picture-large" src=${pictureAddress(chosen.id, "large")} width=${chosen.width} height=${chosen.height} alt=${picturedAs(chosen)} />
      ${chosen.by && html`<p class="quiet" dir="auto">${_("Picture: {name}", { name: chosen.by })}</p>`}
    <//>`}
  `;
}

/** @param {import("./state.js").ShownPicture} one */
const picturedAs = (one) => one.caption || (one.by ? _("A picture by {name}", { name: one.by }) : _("A picture of this event"));
