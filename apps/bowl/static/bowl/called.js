/** A name is called: what everybody sees, and what the one who is up sees. Fetched a little before anybody is. */
import { serverNow } from "../screens/clock.js";
import { page } from "../screens/page.js";
import { Countdown } from "../screens/parts/now.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useEffect, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { rejectedInWords } from "./say.js";
import { calledNobody, isFresh, span } from "./calls.js";
import { address, calledIn, speakingIn } from "./state.js";
import { useTimeIsUp } from "./time_is_up.js";

stylesheet(import.meta.resolve("./later.css"));

/** The call, and the four minutes. @param {{ draw: any, stage?: string | null, segment: any, submit: any }} props `stage`: its address, for whoever is remote */
export function MyTurn({ draw, stage, segment, submit }) {
  const url = `${address(page.code, segment)}draws/${draw.number}/`;
  const [trouble, setTrouble] = useState("");
  const send = (/** @type {any} */ request) => submit(request).catch((/** @type {Error} */ no) => setTrouble(rejectedInWords(no)));
  const isSpeaking = draw.outcome === "speaking";
  useEffect(() => {
    scrollTo(0, 0);
    if (!isSpeaking) navigator.vibrate?.([300, 150, 300, 150, 600]);
  }, [draw.number]);
  useTimeIsUp(isSpeaking ? draw.turn : null, () => navigator.vibrate?.([200, 100, 200]));
  return html`
    <section class="stack my-turn" aria-live="assertive">
      ${isSpeaking
        ? html`
            <p class="eyebrow">${_("Your story")}</p>
            <div class="big-clock"><${Countdown} span=${span(draw.turn)} spoken /></div>`
        : html`
            <h2 class="display up">${_("You're up")}</h2>
            <p class="lead">${draw.remote ? _("Your microphone is next.") : _("Come to the stage.")}</p>`}
      ${stage && html`<p><a class="button quiet" href=${stage} target="_blank" rel="noopener">${_("See the stage")}</a></p>`}
      <p class="refusal" role="alert">${trouble}</p>
      <div class="stack thumb">
        ${isSpeaking
          ? html`<button type="button" class="button quiet large wide" onClick=${() => send({ url: `${url}turn/`, method: "DELETE", label: _("Your story has ended") })}>${_("I have finished")}</button>`
          : draw.accepted_at
            ? html`<button type="button" class="button primary large wide" onClick=${() => send({ url: `${url}turn/`, method: "PUT", label: _("Starting your story") })}>${_("Start my time")}</button>`
            : html`
                <button type="button" class="button primary large wide" onClick=${() => send({ url: `${url}acceptance/`, method: "PUT", label: _("Saying yes") })}>${_("I'm coming")}</button>
                <button type="button" class="button quiet large wide" onClick=${() => send({ url: `${url}outcome/`, method: "PUT", body: { outcome: "passed" }, label: _("Passing") })}>${_("Not now, draw somebody else")}</button>`}
      </div>
    </section>
  `;
}

/** Who is called, who tells, and what comes next. */
export function Onstage(/** @type {{ bowl: import("./state.js").Bowl }} */ { bowl }) {
  const speaking = speakingIn(bowl);
  const called = calledIn(bowl);
  const latest = (speaking ?? called)?.number;
  // Whoever scrolled down to the bowl is shown who was called.
  useEffect(() => void (latest && scrollTo(0, 0)), [latest]);
  if (!speaking && !called) return calledNobody(bowl) && html`<p class="card">${_("The slip that came out had been taken out of the bowl meanwhile. One more draw.")}</p>`;
  return html`
    <div class="card stack onstage" key=${latest}>
      ${speaking?.turn && html`
        <p class="eyebrow">${_("On stage")}</p>
        <div class="bar"><p class="display lead grow" dir="auto">${speaking.name ?? _("Somebody")}</p><${Countdown} span=${span(speaking.turn)} /></div>
      `}
      ${called && speaking && html`<p>${_("Next is {name}.", { name: called.name ?? "" })}</p>`}
      ${called && !speaking && html`<div class=${isFresh(called, serverNow()) ? "unfolding" : ""}><p class="paper"><span class="display lead" dir="auto">${called.name ?? _("Somebody")}</span></p></div>
        <p class="quiet">${called.accepted_at ? _("is coming") : _("has been called")}</p>`}
    </div>
  `;
}
