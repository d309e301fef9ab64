/** The one obvious button, and those around it: back, prompts, minutes, pause. */
import { html } from "../vendor/preact.js";
import { _ } from "../words.js";
import { arrowKey } from "./keys.js";
import { advance, moves, panel, present } from "./state.js";

/** A button of a move: pressed-looking from the moment of the press until the truth has arrived. */
function MoveButton(/** @type {any} */ { verb, more, tone = "quiet", hint = "", isOff = false, act, children, ...rest }) {
  const pending = moves.pending.value;
  const isMine = pending?.verb === verb && pending?.minutes === more?.minutes;
  const press = act ?? (() => moves.press(verb, more));
  return html`
    <button type="button" class=${`button ${tone} ${isMine ? "pressed" : ""}`} aria-busy=${isMine ? "true" : null}
      disabled=${isOff} aria-keyshortcuts=${hint || null} aria-label=${rest.label ?? null} onClick=${press}>
      ${children}
    </button>
  `;
}

/** What is next, in words that leave no doubt. */
export function Lead() {
  const { now, next, isLast } = present.value;
  const pending = moves.pending.value;
  if (now.blanked) return html`<${MoveButton} verb="unblank" tone="primary large wide lead-button">${_("Show the screens again")}<//>`;
  if (now.state === "ended") return null;
  const [verb, small, large] =
    now.state === "before"
      ? ["start", _("Start with"), next?.title ?? ""]
      : isLast
        ? ["end", _("Last segment"), _("End the event")]
        : ["next", _("Next"), next?.title ?? ""];
  const isSlow = pending?.verb === verb && pending?.isSlow;
  return html`
    <${MoveButton} verb=${verb} tone="primary large wide lead-button" hint="n" act=${advance}>
      <span class="lead-words"><small>${isSlow ? _("Still trying") : small}</small><span dir="auto">${large}</span></span>
      <kbd class="key" aria-hidden="true">n</kbd>
    <//>
  `;
}

export function Prompts() {
  const { segment, prompt, hasNextPrompt, hasPreviousPrompt } = present.value;
  if (!segment || segment.prompts.length === 0) return null;
  return html`
    <div class="prompts" role="group" aria-label=${_("Prompts")}>
      <${MoveButton} verb="previous_prompt" hint=${arrowKey(true)} isOff=${!hasPreviousPrompt} label=${_("Previous prompt")}><${Arrow} back /><//>
      <button type="button" class="button quiet grow" aria-label=${_("Q{number} of {of}: choose a prompt", { number: prompt + 1, of: segment.prompts.length })} onClick=${() => (panel.value = "prompts")}>
        ${_("Q{number} of {of}", { number: prompt + 1, of: segment.prompts.length })}
      </button>
      <${MoveButton} verb="next_prompt" hint=${arrowKey()} isOff=${!hasNextPrompt} label=${_("Next prompt")}><${Arrow} /><//>
    </div>
  `;
}

export function Minutes() {
  const { now, segment } = present.value;
  if (!segment) return null;
  const minutes = (/** @type {number} */ count) => html`
    <${MoveButton} verb="add_minutes" more=${{ minutes: count }}>${_("{minutes} min", { minutes: count < 0 ? `\u2212${-count}` : `+${count}` })}<//>
  `;
  return html`
    <div class="minutes" role="group" aria-label=${_("Time")}>
      ${minutes(-1)} ${minutes(1)} ${minutes(5)}
      <${MoveButton} verb=${now.paused_at ? "resume" : "pause"} hint="Space">${now.paused_at ? _("Go on") : _("Pause")}<//>
    </div>
  `;
}

export function Back() {
  const { previous } = present.value;
  return html`<${MoveButton} verb="back" hint="p" isOff=${!previous}>${_("Back")}<//>`;
}

function Arrow({ back = false }) {
  return html`<svg class=${back ? "arrow back" : "arrow"} viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M5 12h13M12 5l7 7-7 7" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" /></svg>`;
}
