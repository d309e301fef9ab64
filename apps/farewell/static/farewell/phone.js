/** Stay connected: the community's links, the people one has met, pictures, and the way to the keepsake. Also after the end. */
import { Pictures } from "../pictures/phone.js";
import { page } from "../screens/page.js";
import { Prompt } from "../screens/parts/now.js";
import { html } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { Contacts } from "./contacts.js";
import { spokenAddress } from "./lines.js";
import { linksOf } from "./state.js";

/** @param {any} props those of a kind's card */
export function ClosingPhone(props) {
  const { segment, now, event } = props;
  return html`
    <section class="stack closing">
      ${segment.instructions && html`<${Prompt} text=${segment.instructions} lang=${event.language} />`}
      ${segment.headline && html`<p class="lead" dir="auto" lang=${event.language}>${segment.headline}</p>`}
      <${Links} segment=${segment} />
      <${Contacts} ...${props} />
      ${segment.options?.pictures && html`<${Pictures} ...${props} />`}
      <div class="card stack take-home">
        <h2>${_("To take home")}</h2>
        <p>${_("The themes, the links, the pictures and the people you swapped contacts with, on one page.")}</p>
        <a class="button quiet wide" href=${`/${page.code}/keepsake/`}>${_("Open your keepsake")}</a>
      </div>
      ${segment.goal && html`<p class="quiet" dir="auto">${segment.goal}</p>`}
      ${now.state === "live" && html`<p class="lead thanks">${_("Thank you for being here.")}</p>`}
    </section>
  `;
}

function Links(/** @type {any} */ { segment }) {
  const links = linksOf(segment);
  if (!links.length) return null;
  return html`<ul class="closing-links">
    ${links.map((link) => html`<li key=${link.url}><a class="card now" href=${link.url} target="_blank" rel="noopener noreferrer">
      <span class="display" dir="auto">${link.label}</span><span dir="ltr">${spokenAddress(link.url)}</span>
    </a></li>`)}
  </ul>`;
}
