/** The bowl from the podium: one button draws, the next obvious one follows, and every call can be taken back. */
import { rejectedInWords } from "./say.js";
import { serverNow } from "../screens/clock.js";
import { page } from "../screens/page.js";
import { Countdown, useRemaining } from "../screens/parts/now.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { calledNobody, span } from "./calls.js";
import { address, bowlOf, calledIn, frozenIn, speakingIn } from "./state.js";
import { room } from "./turns.js";

stylesheet(import.meta.resolve("./console.css"));

/** @param {any} props */
export function OpenMicConsole({ segment, now, documents, submit, me }) {
  const bowl = bowlOf(documents, segment);
  const [trouble, setTrouble] = useState("");
  const url = address(page.code, segment);
  const send = (/** @type {string} */ path, /** @type {string} */ method, /** @type {any} */ body, label = _("The bowl")) => {
    setTrouble("");
    return submit({ url: `${url}${path}`, method, body, label }).catch((/** @type {Error} */ no) => setTrouble(rejectedInWords(no)));
  };
  const isHost = me?.role === "host";
  return html`
    <div class="stack bowl-console">
      <h2 class="hidden-text">${_("The bowl")}</h2>
      ${isHost && html`<${Lead} bowl=${bowl} segment=${segment} now=${now} teaser=${teaserOf(documents, segment)} send=${send} />`}
      <p class="refusal" role="alert">${trouble}</p>
      ${bowl && html`<${Slips} key=${segment.id} bowl=${bowl} segment=${segment} documents=${documents} send=${send} />`}
      ${bowl && isHost && html`<${More} bowl=${bowl} send=${send} />`}
    </div>
  `;
}

/** What the called one wants to tell; "" when nobody is called. */
function teaserOf(/** @type {any} */ documents, /** @type {any} */ segment) {
  const slips = Object.entries(documents.crew.value).filter(([key]) => key.startsWith("slips/"));
  return slips.map(([, slip]) => /** @type {any} */ (slip)).find((slip) => slip.segment === segment.id && slip.state === "called")?.teaser ?? "";
}

function Lead(/** @type {any} */ { bowl, segment, now, teaser, send }) {
  if (!bowl) return html`<button type="button" class="button primary large" onClick=${() => send("opening/", "PUT")}>${_("Open the bowl")}</button>`;
  if (bowl.state === "revealed") return html`<p class="quiet">${_("This bowl has shown its seed. No more names can be drawn from it.")}</p>`;
  if (bowl.state === "closed") return html`<button type="button" class="button quiet" onClick=${() => send("opening/", "PUT")}>${_("Open it again")}</button>`;
  const called = calledIn(bowl);
  const speaking = speakingIn(bowl);
  const frozen = frozenIn(bowl);
  return html`
    ${speaking && html`<${Speaking} draw=${speaking} send=${send} />`}
    ${called && html`<${Called} key=${called.number} draw=${called} teaser=${teaser} isFree=${!speaking} send=${send} />`}
    ${!called && calledNobody(bowl) && html`<p>${_("The slip that came out had been taken out of the bowl meanwhile. One more draw.")}</p>`}
    ${!called && frozen && html`<${Waiting} key=${frozen.number} frozen=${frozen} send=${send} />`}
    ${!called && !frozen && html`<div class="bar">
      <button type="button" class=${`button large ${speaking ? "quiet" : "primary"}`} disabled=${bowl.slips === 0} aria-keyshortcuts="d" data-key-words=${_("draw a name")} onClick=${() => send("draws/", "POST", { after: bowl.draws.length })}>
        ${speaking ? _("Draw the next name already") : _("Draw a name")}<kbd class="key" aria-hidden="true">d</kbd>
      </button>
      <button type="button" class="button quiet" disabled=${bowl.slips === 0} onClick=${() => send("list/", "PUT", { after: bowl.draws.length })}>${_("Let the room stir first")}</button>
    </div>`}
    <p class="quiet">${_n("{count} name in the bowl", "{count} names in the bowl", bowl.slips)} · <${Fitting} segment=${segment} now=${now} speaking=${speaking} /></p>
  `;
}

/** How many more full stories fit before the segment ends, and what the one that runs over takes from them. */
function Fitting(/** @type {any} */ { segment, now, speaking }) {
  const left = useRemaining(now);
  if (left === null) return null;
  const at = serverNow();
  const { turns, lost } = room(at + left, speaking?.turn, (segment.options.story_minutes ?? 4) * 60_000, at);
  const fits = _n("{count} more full story fits", "{count} more full stories fit", turns);
  return lost ? `${fits}, ${_n("{count} fewer, as this one runs over", "{count} fewer, as this one runs over", lost)}` : fits;
}

/** The list is fixed. What the phones stirred in goes into the draw in any case, what somebody says aloud as well. */
function Waiting(/** @type {any} */ { frozen, send }) {
  const [said, setSaid] = useState("");
  const draw = (/** @type {Event} */ press) => {
    press.preventDefault();
    send("draws/", "POST", { after: frozen.number - 1, beacon: said });
  };
  return html`
    <form class="card stack" aria-label=${_("The list is fixed")} onSubmit=${draw}>
      <p>${_n("{count} name is on the list, and nobody can change it any more.", "{count} names are on the list, and nobody can change it any more.", frozen.among)} <span class="print quiet">${frozen.list.slice(0, 16)}</span> ${_("From the phones:")} <strong class="digits figures" dir="ltr">${frozen.digits || "\u2013"}</strong></p>
      <div class="bar">
        <div class="field grow"><label for="beacon">${_("A value somebody says aloud, such as a number")}</label>
          <input id="beacon" maxlength="160" autocomplete="off" dir="auto" value=${said} onInput=${(/** @type {any} */ e) => setSaid(e.target.value)} /></div>
        <button class="button primary" disabled=${!frozen.digits && !said.trim()} aria-keyshortcuts="d" data-key-words=${_("draw a name")}>${_("Draw a name")}<kbd class="key" aria-hidden="true">d</kbd></button>
      </div>
    </form>
  `;
}

function Called(/** @type {any} */ { draw, teaser, isFree, send }) {
  const [keep, setKeep] = useState(true);
  const path = `draws/${draw.number}/`;
  return html`
    <div class="card stack" role="group" aria-label=${_("Called")}>
      <p class="bar"><strong class="display lead grow" dir="auto">${draw.name ?? _("Somebody")}</strong>
        ${draw.remote && html`<span class="badge">${_("remote")}</span>`}
        <span class="badge">${draw.accepted_at ? _("is coming") : _("called")}</span></p>
      <div class="bar">
        <button type="button" class="button primary" disabled=${!isFree} aria-keyshortcuts="t" data-key-words=${_("start the story")} onClick=${() => send(`${path}turn/`, "PUT")}>${_("Start the story")}<kbd class="key" aria-hidden="true">t</kbd></button>
        <button type="button" class="button quiet" onClick=${() => send(`${path}outcome/`, "PUT", { outcome: "passed", keep })}>${_("Passes")}</button>
        <button type="button" class="button quiet" onClick=${() => send(`${path}outcome/`, "PUT", { outcome: "no_show", keep })}>${_("Not here")}</button>
        <button type="button" class="button plain" onClick=${() => send(path, "DELETE")}>${_("Take the draw back")}</button>
      </div>
      ${teaser && html`<p class="quiet" dir="auto">${teaser}</p>`}
      <label class="check"><input type="checkbox" checked=${keep} onChange=${(/** @type {any} */ e) => setKeep(e.target.checked)} /> ${_("Whoever passes or is not here goes back into the bowl, behind the others")}</label>
    </div>
  `;
}

function Speaking(/** @type {any} */ { draw, send }) {
  const path = `draws/${draw.number}/turn/`;
  const isPaused = draw.turn.paused_at !== null;
  return html`
    <div class="card now stack" role="group" aria-label=${_("On stage")}>
      <div class="bar"><strong class="display lead grow" dir="auto">${draw.name ?? _("Somebody")}</strong>
        ${draw.remote && html`<span class="badge">${_("remote")}</span>`}<${Countdown} span=${span(draw.turn)} spoken /></div>
      <div class="bar">
        <button type="button" class="button quiet" onClick=${() => send(`${path}pause/`, isPaused ? "DELETE" : "PUT")}>${isPaused ? _("Go on") : _("Pause")}</button>
        <button type="button" class="button quiet" aria-keyshortcuts="m" data-key-words=${_("30 seconds more for the story")} onClick=${() => send(`${path}extensions/`, "POST", {})}>${_("30 seconds more")}<kbd class="key" aria-hidden="true">m</kbd></button>
        <button type="button" class="button primary" aria-keyshortcuts="e" data-key-words=${_("end the story")} onClick=${() => send(path, "DELETE")}>${_("End the story")}<kbd class="key" aria-hidden="true">e</kbd></button>
      </div>
    </div>
  `;
}

function Slips(/** @type {any} */ { bowl, segment, documents, send }) {
  const slips = Object.entries(documents.crew.value)
    .filter(([key, slip]) => key.startsWith("slips/") && /** @type {any} */ (slip).segment === segment.id)
    .map(([, slip]) => /** @type {any} */ (slip))
    .sort((a, b) => (a.put_in_at < b.put_in_at ? -1 : 1));
  const waiting = slips.filter((slip) => slip.state === "in");
  const titled = slips.filter((slip) => slip.title);
  const [name, setName] = useState("");
  const [remote, setRemote] = useState(false);
  const add = (/** @type {Event} */ press) => {
    press.preventDefault();
    if (name.trim()) send("slips/", "POST", { name, remote }, _("A name for the bowl")).then(() => setName(""));
  };
  return html`
    <details class="slips">
      <summary>${_("Who is in the bowl")}</summary>
      <ul class="list">
        ${waiting.map((slip) => html`<li key=${slip.id} class="list-row"><span class="grow"><span dir="auto">${slip.name}</span>
          ${slip.teaser && html`<br /><span class="quiet" dir="auto">${slip.teaser}</span>`}</span>
          ${slip.remote && html`<span class="badge">${_("remote")}</span>`}
          ${slip.returned && html`<span class="badge">${_("was called")}</span>`}
          <button type="button" class="button plain" aria-label=${_("Take out {name}", { name: slip.name })} onClick=${() => send(`slips/${slip.id}/`, "DELETE")}>${_("Take out")}</button></li>`)}
      </ul>
      ${bowl.state === "open" && html`<form class="bar" onSubmit=${add}>
        <div class="field grow"><label for="slip-name">${_("Name of somebody without a phone")}</label><input id="slip-name" maxlength="80" autocomplete="off" value=${name} onInput=${(/** @type {any} */ e) => setName(e.target.value)} /></div>
        <label class="check"><input type="checkbox" checked=${remote} onChange=${(/** @type {any} */ e) => setRemote(e.target.checked)} /> ${_("remote")}</label>
        <button class="button quiet">${_("Put it in")}</button>
      </form>`}
    </details>
    ${titled.length > 0 && html`<details>
      <summary>${_("Titles for the keepsake")}</summary>
      <ul class="list">
        ${titled.map((slip) => html`<li key=${slip.id} class="list-row"><span class="grow"><span dir="auto">${slip.title}</span><br /><span class="quiet" dir="auto">${slip.name}</span></span>
          <button type="button" class="button plain" aria-label=${_("Take out {name}", { name: slip.title })} onClick=${() => send(`slips/${slip.id}/title/`, "DELETE")}>${_("Take out")}</button></li>`)}
      </ul>
    </details>`}
  `;
}

function More(/** @type {any} */ { bowl, send }) {
  if (bowl.state !== "open") return null;
  return html`
    <details>
      <summary>${_("Closing the bowl")}</summary>
      <p class="quiet">${_("No more names and draws. A little later it shows its secret number, and every phone checks the draws.")}</p>
      <button type="button" class="button quiet" onClick=${() => send("opening/", "DELETE")}>${_("Close the bowl")}</button>
    </details>
  `;
}
