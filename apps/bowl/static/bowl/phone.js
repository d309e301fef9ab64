/** The bowl in a hand: one tap in, one tap out, and a call that fills the screen. */
import { rejectedInWords } from "./say.js";
import { page } from "../screens/page.js";
import { Prompt } from "../screens/parts/now.js";
import { html, useEffect, useRef, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { BowlDrawing } from "./drawing.js";
import { HowItWorks } from "./how.js";
import { useLater } from "./later.js";
import { address, bowlOf, calledIn, frozenIn, slipOf, speakingIn } from "./state.js";

/** @param {any} props */
export function OpenMicPhone(props) {
  const { segment, event, documents, submit, clap } = props;
  const bowl = bowlOf(documents, segment);
  const slip = slipOf(documents, segment);
  const draw = slip?.draw ? bowl?.draws.find((one) => one.number === slip.draw) : undefined;
  const mine = draw && ["called", "speaking"].includes(draw.outcome) ? draw : undefined;
  const frozen = frozenIn(bowl);
  const stirring = useLater(frozen !== null && !mine, () => import("./stirring.js"));
  const isCalm = useCalm();
  const called = useLater(isCalm || Boolean(calledIn(bowl) ?? speakingIn(bowl)), () => import("./called.js"));
  useMemory(isCalm || frozen !== null, bowl, slip, segment);
  if (mine) {
    return called
      ? html`<${called.MyTurn} draw=${mine} stage=${slip?.stage} segment=${segment} submit=${submit} />`
      : html`<h2 class="display">${_("You're up")}</h2>`;
  }
  return html`
    <section class="stack open-mic">
      ${bowl && called && html`<${called.Onstage} bowl=${bowl} />`}
      ${frozen && stirring && html`<${stirring.Stirring} key=${frozen.number} frozen=${frozen} segment=${segment} submit=${submit} />`}
      ${!speakingIn(bowl) && html`
        ${segment.instructions && html`<p class="lead" dir="auto">${segment.instructions}</p>`}
        ${segment.headline && html`<${Prompt} text=${segment.headline} lang=${event.language} />`}
      `}
      <${SignUp} key=${segment.id} bowl=${bowl} slip=${slip} segment=${segment} submit=${submit} reach=${speakingIn(bowl) ? "" : "thumb"} />
      ${bowl && html`<${HowItWorks} key=${bowl.commitment} bowl=${bowl} segment=${segment} />`}
      ${speakingIn(bowl) && html`<div class="thumb"><button type="button" class="button primary large wide" onClick=${clap}>${_("Clap")}</button></div>`}
    </section>
  `;
}

/** While another segment runs: the bowl is open already, or has shown its seed to be checked. @param {any} props */
export function Beside({ segment, now, documents, submit }) {
  const bowl = bowlOf(documents, segment);
  const slip = slipOf(documents, segment);
  const [verdict, setVerdict] = useState("");
  useMemory(useCalm(), bowl, slip, segment);
  const isTold = slip?.state === "told";
  const isShown = Boolean(bowl?.seed && bowl.draws.length);
  const isOpen = bowl?.state === "open" && !isPast(segment, now, documents);
  if (!bowl || (!isOpen && !isTold && !isShown)) return null;
  const badge = isShown ? _("The draws") : isTold ? _("Your story") : slip?.state === "in" ? _("Your name is in") : _("Names wanted");
  return html`
    <details class="bowl-beside">
      <summary><span class="grow"><span dir="auto">${segment.title}</span>
        ${isShown && html`<span role="status" class="quiet verdict">${verdict}</span>`}</span><span class="badge">${badge}</span></summary>
      ${(isTold || isOpen) && html`<${SignUp} bowl=${bowl} slip=${slip} segment=${segment} submit=${submit} small />`}
      ${isShown && html`<${HowItWorks} bowl=${bowl} segment=${segment} tell=${setVerdict} />`}
    </details>
  `;
}

/** At the closing, and after the end, stories of what came before are still named, and no names are wanted any more. */
function isPast(/** @type {any} */ segment, /** @type {any} */ now, /** @type {any} */ documents) {
  const { segments } = documents.public.value.programme;
  const here = segments.findIndex((/** @type {any} */ one) => one.id === now.segment);
  return now.state === "ended" || (segments[here]?.kind === "closing" && segments.indexOf(segment) < here);
}

/** True a little after the first picture, for each phone of the room at another instant: what will be needed is fetched by then. */
function useCalm() {
  const [isCalm, setCalm] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setCalm(true), 1_500 + Math.random() * 3_000);
    return () => clearTimeout(timer);
  }, []);
  return isCalm;
}

/** What was shown here is kept, to be held against the record later; also what was shown before the code for it had come. */
function useMemory(/** @type {any[]} */ ...[isWanted, bowl, slip, segment]) {
  const seen = useLater(isWanted, () => import("./seen.js"));
  const shown = useRef(/** @type {any[]} */ ([]));
  useEffect(() => {
    shown.current.push([bowl, slip, segment]);
    if (seen) for (const one of shown.current.splice(0)) seen.remember(...one);
  }, [seen, bowl, slip?.digest]);
}

function SignUp(/** @type {any} */ { bowl, slip, segment, submit, reach = "", small = false }) {
  const [teaser, setTeaser] = useState(slip?.teaser ?? "");
  const [trouble, setTrouble] = useState("");
  const story = useLater(slip?.state === "told", () => import("./story.js"));
  const url = `${address(page.code, segment)}slips/mine/`;
  const send = (/** @type {any} */ request) => {
    setTrouble("");
    submit(request).catch((/** @type {Error} */ no) => setTrouble(rejectedInWords(no)));
  };
  const putIn = () => send({ url, method: "PUT", body: { teaser }, label: _("Your name for the bowl") });
  const takeOut = () => send({ url, method: "DELETE", label: _("Taking your name out") });
  if (!bowl) return html`<p class="quiet">${_("The bowl is not open yet.")}</p>`;
  const count = _n("{count} name in the bowl", "{count} names in the bowl", bowl.slips);
  if (slip?.state === "told") return html`<p class="quiet">${_("Thank you for your story.")} ${bowl.state === "open" && count}</p>
    ${story && html`<${story.Story} slip=${slip} segment=${segment} submit=${submit} />`}`;
  if (bowl.state !== "open") return html`<p class="quiet">${_("The bowl is closed.")}</p>`;
  const isIn = slip?.state === "in";
  return html`
    <div class="stack sign-up">
      ${!small && html`<div class="bowl-place"><${BowlDrawing} slips=${bowl.slips} /><p class="quiet">${count}</p></div>`}
      ${isIn
        ? html`<p role="status" class="lead">${_("Your name is in the bowl.")}</p>
            <button type="button" class="button quiet wide" onClick=${takeOut}>${_("Take my name out")}</button>`
        : html`
            <div class="field">
              <label for=${`teaser-${segment.id}`}>${_("What is it about? Only the hosts see this.")}</label>
              <input id=${`teaser-${segment.id}`} maxlength="280" autocomplete="off" value=${teaser} onInput=${(/** @type {any} */ e) => setTeaser(e.target.value)} placeholder=${_("Optional")} />
            </div>`}
      <p class="refusal" role="alert">${trouble}</p>
    </div>
    ${!isIn && html`<div class=${reach}><button type="button" class="button primary large wide" onClick=${putIn}>${_("Put my name in")}</button></div>`}
  `;
}
