/** The programme as on a printed card: what was is quiet, what is now is lit. */
import { html } from "../vendor/preact.js";
import { _ } from "../words.js";
import { hueOf, shownPrompt } from "./now.js";

/**
 * @param {{ programme: { segments: import("./now.js").Segment[] }, now: import("./now.js").Now, detail?: boolean,
 *   onPick?: (segment: import("./now.js").Segment) => void }} props
 * `detail` shows the instructions of each; `onPick` makes each title a button.
 */
export function ProgrammeList({ programme, now, detail = false, onPick }) {
  const at = now.state === "ended" ? programme.segments.length : programme.segments.findIndex((s) => s.id === now.segment);
  return html`<ol class="programme">
    ${programme.segments.map((segment, index) => {
      const when = index < at ? "past" : index === at ? "current" : "coming";
      const title = html`<span dir="auto">${segment.title}</span>`;
      return html`
        <li key=${segment.id} class=${`programme-row ${when} hue-${hueOf(segment)}`} aria-current=${when === "current" ? "step" : null}>
          <time>${segment.starts_at_local ?? ""}</time>
          <span class="title">
            ${when === "current" && html`<span class="currently">${_("Currently")}<span class="hidden-text">: </span></span>`}
            ${onPick ? html`<button type="button" onClick=${() => onPick(segment)}>${title}</button>` : title}
            ${when === "current" && html`<${Pips} segment=${segment} now=${now} />`}
          </span>
          ${when === "past"
            ? html`<${Tick} />`
            : html`<span class="length">${segment.minutes ? _("{minutes} min", segment) : ""}</span>`}
          ${detail && segment.instructions && html`<p class="detail" dir="auto">${segment.instructions}</p>`}
        </li>
      `;
    })}
  </ol>`;
}

function Tick() {
  return html`<svg class="tick" viewBox="0 0 16 16" role="img" aria-label=${_("done")}><path d="M2.5 8.5 6.5 12.5 13.5 3.5" /></svg>`;
}

function Pips(/** @type {{ segment: import("./now.js").Segment, now: import("./now.js").Now }} */ { segment, now }) {
  if (segment.prompts.length < 2) return null;
  const shown = shownPrompt(segment, now)?.number ?? 0;
  return html`<span class="pips" role="img" aria-label=${_("Question {number} of {of}", { number: shown, of: segment.prompts.length })}>
    ${segment.prompts.map((prompt, index) => html`<i key=${prompt.id} class=${index + 1 < shown ? "done" : index + 1 === shown ? "lit" : ""} />`)}
  </span>`;
}
