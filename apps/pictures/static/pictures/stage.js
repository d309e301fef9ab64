/** A calm slide show: one picture at a time, a new one next, a taken-down one gone at once. */
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useEffect } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { useSlide } from "./slides.js";
import { pictureAddress, shownPictures } from "./state.js";

stylesheet(import.meta.resolve("../pictures/pictures.css"));

/** @param {any} props those of a kind's card */
export function Slides({ documents }) {
  const { shown, after } = useSlide(shownPictures(documents));
  const ahead = after && after !== shown ? pictureAddress(after.id, "large") : "";
  useEffect(() => {
    // Fetched before its turn, so that the room does not watch it load.
    if (ahead) new Image().src = ahead;
  }, [ahead]);
  if (!shown) return html`<section class="slides none"><p class="lead quiet">${_("Pictures from your phones appear here.")}</p></section>`;
  return html`
    <section class="slides">
      <figure key=${shown.id} style=${`--ratio: ${shown.width / shown.height}`}>
        <img src=${pictureAddress(shown.id, "large")} width=${shown.width} height=${shown.height} alt=${shown.caption || _("A picture of this event")} />
        ${(shown.caption || shown.by) && html`<figcaption>
          ${shown.caption && html`<span class="display" dir="auto">${shown.caption}</span>`}
          ${shown.by && html`<span class="quiet" dir="auto">${shown.by}</span>`}
        </figcaption>`}
      </figure>
    </section>
  `;
}
