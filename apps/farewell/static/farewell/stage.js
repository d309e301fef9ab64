/** Where to stay connected, to be read and scanned from the last row; then the pictures, with the way beside them. */
import { Slides } from "../pictures/stage.js";
import { page } from "../screens/page.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { spokenAddress } from "./lines.js";
import { linksOf } from "./state.js";

stylesheet(import.meta.resolve("./stage.css"));

// More codes than that are too small for the last row.
const MOST_CODES = 4;

/** @param {any} props those of a kind's card */
export function ClosingStage(props) {
  const { segment, event, documents } = props;
  const links = linksOf(segment);
  const hasPictures = segment.options?.pictures && Object.keys(documents.public.value).some((key) => key.startsWith("pictures/"));
  return html`
    <section class=${`closing-stage ${hasPictures ? "with-pictures" : ""}`} data-links=${Math.min(links.length, MOST_CODES + 1)}>
      ${hasPictures && html`<${Slides} ...${props} />`}
      <div class="stay">
        <h2 class="display" dir="auto" lang=${event.language}>${segment.instructions || segment.headline}</h2>
        <ul class="stage-links">
          ${links.map((link, index) => html`<${StageLink} key=${link.url} link=${link} code=${links.length <= MOST_CODES ? `/stage/${page.token}/links/${segment.id}/${index}.svg` : ""} />`)}
        </ul>
      </div>
      ${segment.options?.pictures && !hasPictures && html`<p class="lead quiet">${_("Pictures from your phones appear here.")}</p>`}
    </section>
  `;
}

/** A code that cannot be had leaves the address, which can be read as well. */
function StageLink(/** @type {{ link: import("./state.js").Link, code: string }} */ { link, code }) {
  const [isLost, setLost] = useState(false);
  return html`<li>
    ${code && !isLost && html`<img class="qr" src=${code} alt=${_("QR code of {address}", { address: spokenAddress(link.url) })} onError=${() => setLost(true)} />`}
    <span class="link-words"><b class="display" dir="auto">${link.label}</b> <span dir="ltr">${spokenAddress(link.url)}</span></span>
  </li>`;
}
