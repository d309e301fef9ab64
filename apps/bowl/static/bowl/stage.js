/** The bowl on the wall: everybody watches one slip come out, unfold, and show a name. */
import { serverNow } from "../screens/clock.js";
import { Countdown, Prompt } from "../screens/parts/now.js";
import { chime } from "../screens/parts/stage_sound.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useEffect, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { BowlDrawing } from "./drawing.js";
import { calledNobody, isFresh, span } from "./calls.js";
import { bowlOf, calledIn, frozenIn, speakingIn } from "./state.js";
import { useTimeIsUp } from "./time_is_up.js";

stylesheet(import.meta.resolve("./stage.css"));

/** @param {any} props */
export function OpenMicStage({ segment, event, documents }) {
  const bowl = bowlOf(documents, segment);
  const called = calledIn(bowl);
  const speaking = speakingIn(bowl);
  if (speaking) return html`<${Speaking} draw=${speaking} next=${called} frozen=${frozenIn(bowl)} claps=${documents.values?.value?.claps ?? 0} />`;
  if (called) return html`<${Called} key=${called.number} draw=${called} />`;
  const frozen = frozenIn(bowl);
  if (frozen) return html`<${Waiting} frozen=${frozen} />`;
  return html`
    <section class="open-mic-stage">
      <${Prompt} text=${segment.headline || segment.instructions} fill lang=${event.language} />
      <div class="bowl-row">
        <${BowlDrawing} slips=${bowl?.slips ?? 0} />
        <div>
          <p class="display bowl-count">${bowl ? _n("{count} name in the bowl", "{count} names in the bowl", bowl.slips) : _("The bowl is not open yet.")}</p>
          ${segment.headline && html`<p class="instructions" dir="auto">${segment.instructions}</p>`}
          ${calledNobody(bowl) && html`<p>${_("The slip that came out had been taken out of the bowl meanwhile. One more draw.")}</p>`}
          ${bowl && html`<p class="commitment">${_("Fingerprint of the secret number")} <span class="print">${bowl.commitment.slice(0, 16)}</span>
            ${bowl.draws.length > 0 && html`<br />${_("Fingerprint of the last draw")} <span class="print">${bowl.draws.at(-1)?.hash.slice(0, 16)}</span>`}</p>`}
        </div>
      </div>
    </section>
  `;
}

function Called(/** @type {{ draw: import("./state.js").Draw }} */ { draw }) {
  return html`
    <section class=${`called-stage ${isFresh(draw, serverNow()) ? "unfolding" : ""}`} aria-live="polite">
      <div class="slip-large"><p class="display" dir="auto">${draw.name ?? _("Somebody")}</p></div>
      <p class="lead">${draw.accepted_at ? _("is coming") : draw.remote ? _("Your microphone is next.") : _("Come to the stage.")}</p>
    </section>
  `;
}

/** The list is fixed; the room stirs, digit by digit, or somebody says a value aloud. */
function Waiting(/** @type {{ frozen: import("./state.js").Frozen }} */ { frozen }) {
  return html`
    <section class="waiting-stage">
      <${BowlDrawing} slips=${frozen.among} />
      <p class="display bowl-count">${_("Stir the bowl on your phone.")}</p>
      <p class="digits figures" dir="ltr" role="status">${frozen.digits || "\u2013"}</p>
      <p class="commitment">${_n("{count} name is on the list, and nobody can change it any more.", "{count} names are on the list, and nobody can change it any more.", frozen.among)}
        <br />${_("Fingerprint of the list")} <span class="print">${frozen.list.slice(0, 16)}</span></p>
    </section>
  `;
}

function Speaking(/** @type {any} */ { draw, next, frozen, claps }) {
  useTimeIsUp(draw.turn, chime);
  return html`
    <section class="speaking-stage">
      <p class="eyebrow">${_("On stage")}</p>
      <div class="speaking-name"><${Prompt} text=${draw.name ?? _("Somebody")} fill /></div>
      <div class="speaking-foot">
        <${Countdown} span=${span(draw.turn)} />
        <${Applause} claps=${claps} />
        ${frozen && html`<p class="quiet">${_("Stir for the next name.")} <span class="digits figures" dir="ltr">${frozen.digits.slice(-12)}</span></p>`}
        ${next && html`<p class="quiet">${_("Next is {name}.", { name: next.name ?? "" })}</p>`}
      </div>
    </section>
  `;
}

/** Claps since this story began, a soft number that swells. */
function Applause(/** @type {{ claps: number }} */ { claps }) {
  const [from] = useState(claps);
  const [isSwelling, setSwelling] = useState(false);
  useEffect(() => {
    setSwelling(true);
    const timer = setTimeout(() => setSwelling(false), 600);
    return () => clearTimeout(timer);
  }, [claps]);
  const count = Math.max(0, claps - from);
  if (!count) return null;
  return html`<p class=${`applause figures ${isSwelling ? "swelling" : ""}`}>${_n("{count} clap", "{count} claps", count)}</p>`;
}
