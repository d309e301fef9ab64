/** The end from the podium: which links the room sees, and the pictures that wait for a look. Contacts are nobody's here. */
import { PictureQueue } from "../pictures/console.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { spokenAddress } from "./lines.js";
import { linksOf } from "./state.js";

stylesheet(import.meta.resolve("./console.css"));

/** @param {any} props those of a kind's card */
export function ClosingConsole(props) {
  const links = linksOf(props.segment);
  return html`
    <div class="stack closing-console">
      <h2>${_("Stay connected")}</h2>
      <p class="quiet">${_("Phones show these links, and each person whom they met. Contacts pass between two people alone: nobody else sees them, hosts neither.")}</p>
      ${links.length > 0 && html`<ul class="list">${links.map((link) => html`<li key=${link.url} class="list-row"><strong dir="auto">${link.label}</strong> <a href=${link.url} target="_blank" rel="noopener noreferrer" dir="ltr">${spokenAddress(link.url)}</a></li>`)}</ul>`}
      ${props.segment.options?.pictures && html`<${PictureQueue} ...${props} />`}
    </div>
  `;
}
