/** Who you are with, where you meet, and what you talk about. */
import { page } from "../screens/page.js";
import { toast } from "../screens/parts/dialog.js";
import { Countdown, Prompt, shownPrompt } from "../screens/parts/now.js";
import { HoldUp, Sign, signWords } from "../screens/parts/sign.js";
import { html, useEffect, useState } from "../screens/vendor/preact.js";
import { _, _n, listed } from "../screens/words.js";

/**
 * @typedef {{ id: string, name: string, spot: string, remote: boolean, gone: string | null }} Member
 * @typedef {{ round: string, state: "seated" | "sitting_out" | "not_found", group: string, link: string, found_at: string | null,
 *   sign: { colour: string, symbol: string, number: number }, members: Member[] }} Group
 */

const mine = `/api/v1/events/${page.code}/me/`;

/** @param {any} props */
export function IcebreakerPhone({ segment, now, event, documents, submit }) {
  const round = documents.public.value.round;
  /** @type {Group | undefined} */
  const group = documents.me.value.group;
  const prompt = shownPrompt(segment, now);
  const isOpen = round?.segment === segment.id && round.state === "open";
  const seated = isOpen && group?.state === "seated" && group.round === round.id ? group : undefined;
  const send = (/** @type {string} */ path, /** @type {"PUT" | "DELETE"} */ method, /** @type {string} */ label) =>
    submit({ url: `${mine}${path}`, method, label }).catch((/** @type {Error} */ no) => toast(no.message));
  return html`
    <section class="stack icebreaker">
      <p class="hidden-text" role="status">${seated ? spoken(seated) : ""}</p>
      ${seated
        ? html`<${MyGroup} key=${seated.group} group=${seated} round=${round} documents=${documents} send=${send} />`
        : html`<${Waiting} key="waiting" round=${round} isOpen=${isOpen} group=${group} segment=${segment} send=${send} />`}
      ${prompt && html`<p key="number" class="eyebrow">${_("Question {number} of {of}", prompt)}</p><${Prompt} key="prompt" text=${prompt.text} lang=${event.language} />`}
      <${People} key="people" segment=${segment} documents=${documents} />
      ${group?.state !== "sitting_out" && group?.state !== "not_found" && html`<button key="out" type="button" class="button plain plain-first leave-out" onClick=${() => send("sitting-out/", "PUT", _("Groups"))}>${_("Leave me out")}</button>`}
      ${seated && !seated.found_at && html`<div key="found" class="thumb"><button type="button" class="button primary large wide" onClick=${() => send("group/found/", "PUT", _("You found each other"))}>${_("We found each other")}</button></div>`}
    </section>
  `;
}

function MyGroup(/** @type {any} */ { group, round, documents, send }) {
  const [isUp, setUp] = useState(false);
  const { here, gone } = halves(group);
  useTouch(`${group.group} ${here.map((one) => one.id).join(" ")}`);
  return html`
    <div class="my-group">
      <button type="button" class="sign-button" onClick=${() => setUp(true)} aria-label=${_("Hold up your phone: {sign}", { sign: signWords(group.sign) })}>
        <${Sign} sign=${group.sign} /><span class="hint">${_("Tap to hold it up")}</span>
      </button>
      <div class="stack">
        <h2 class="with">${withWhom(here, group.sign)}</h2>
        ${group.link && html`<a class="button primary wide" href=${group.link} target="_blank" rel="noopener noreferrer">${_("Open the video call")}</a>`}
      </div>
    </div>
    ${round.closes_at && html`<div class="bar round-clock"><${Countdown} span=${{ entered_at: round.opened_at, ends_at: round.closes_at }} /><span class="quiet">${_("for this round")}</span></div>`}
    <ul class="list members">
      ${here.map((one) => html`<${Person} key=${one.id} one=${one} isFound=${group.found_at !== null} documents=${documents} send=${send} />`)}
    </ul>
    ${gone.map((one) => html`<p key=${one.id} class="quiet">${goneWords(one)}</p>`)}
    ${group.found_at && html`<p class="banner">${_("You found each other. Enjoy.")}</p>`}
    ${isUp && html`<${HoldUp} sign=${group.sign} onClose=${() => setUp(false)} />`}
  `;
}

/** Who is here and who has gone. @param {Group} group */
const halves = ({ members }) => ({ here: members.filter((one) => !one.gone), gone: members.filter((one) => one.gone) });

/** For ears: the whole in one sentence, and again whenever it changes. @param {Group} group */
function spoken(group) {
  const { here, gone } = halves(group);
  const met = group.found_at ? _("You found each other. Enjoy.") : withWhom(here, group.sign);
  return [...gone.map(goneWords), met].join(" ");
}

/** @param {Member[]} here @param {any} sign */
function withWhom(here, sign) {
  const names = here.map((one) => one.name);
  if (!names.length) return _("Your group is on its way. Look for the {sign}.", { sign: signWords(sign) });
  return _("You're with {names}. Look for the {sign}.", { names: listed(names), sign: signWords(sign) });
}

/** @param {Member} one */
const goneWords = (one) => (one.gone === "silent" ? _("{name} has gone quiet.", { name: one.name }) : _("{name} has left.", { name: one.name }));

function Person(/** @type {any} */ { one, isFound, documents, send }) {
  const isKnown = documents.me.value.people?.known.includes(one.id);
  const toggle = () => send(`known/${one.id}/`, isKnown ? "DELETE" : "PUT", _("Whom you know"));
  const absent = () => send(`group/absences/${one.id}/`, "PUT", _("Somebody is not here"));
  return html`
    <li class="list-row person">
      <span class="grow">
        <strong dir="auto">${one.name}</strong>${one.remote && html` <span class="badge">${_("remote")}</span>`}
        ${one.spot && html`<br /><span class="quiet" dir="auto">${one.spot}</span>`}
      </span>
      <span class="person-buttons plain-first">
        <button type="button" class="button plain" aria-pressed=${isKnown ? "true" : "false"} onClick=${toggle}>${isKnown ? _("You know each other") : _("We know each other")}</button>
        ${!isFound && html`<button type="button" class="button plain" aria-label=${_("{name} is not here", { name: one.name })} onClick=${absent}>${_("Not here")}</button>`}
      </span>
    </li>
  `;
}

/** Why there is no group, how many have one, and how long it will be. */
function Waiting(/** @type {any} */ { round, isOpen, group, segment, send }) {
  if (group?.state === "not_found" || group?.state === "sitting_out") {
    const isLost = group.state === "not_found";
    return html`
      <p class="lead" role="status">${isLost ? _("Your group did not find you.") : _("You sit this out. Groups are made without you until you join in again.")}</p>
      <div class="thumb"><button type="button" class="button primary large wide" onClick=${() => send("sitting-out/", "DELETE", _("Groups"))}>${isLost ? _("I am here: find me a group") : _("Join in again")}</button></div>
    `;
  }
  return html`
    ${segment.instructions && html`<p class="lead" dir="auto">${segment.instructions}</p>`}
    <p role="status">${isOpen ? placeWords(round) : nextWords(round, segment)}</p>
    ${isOpen && round.closes_at && html`<div class="bar round-clock"><${Countdown} span=${{ entered_at: round.opened_at, ends_at: round.closes_at }} /><span class="quiet">${_("until this round ends")}</span></div>`}
  `;
}

const placeWords = (/** @type {any} */ round) =>
  `${_n("{count} person has a group already.", "{count} people have a group already.", round.seated)} ${_("A place is being found for you. That takes a few seconds, or until one more person comes.")}`;

function nextWords(/** @type {any} */ round, /** @type {any} */ segment) {
  if (segment.options.rounds === "by_prompt") return _("New groups come with the next question. This phone will buzz.");
  return round?.segment === segment.id ? _("This round is over. The next groups come when the host opens a round.") : _("Groups come when the host opens a round. This phone will buzz.");
}

/** How many one has met; each new meeting is a small feast, but not what was there when the page opened. */
function People(/** @type {any} */ { segment, documents }) {
  const met = documents.me.value.people?.met ?? [];
  const [before] = useState(met.length);
  const goal = segment.goal && html`<p class="quiet" dir="auto">${segment.goal}</p>`;
  if (!met.length) return goal || null;
  return html`
    <div class="card met">
      ${met.length > before && html`<span key=${met.length} class="confetti" aria-hidden="true"></span>`}
      <p role="status"><strong>${_n("You have met {count} person.", "You have met {count} people.", met.length)}</strong></p>
      ${goal}
    </div>
  `;
}

/** One buzz for a new group, none for what was there when the page opened. */
function useTouch(/** @type {string} */ key) {
  useEffect(() => {
    if (lastGroup() === key) return;
    // Browsers complain of a buzz before the first tap.
    if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([200, 100, 200]);
    try {
      sessionStorage.setItem("group", key);
    } catch {
      // Without storage it buzzes once more after a reload.
    }
  }, [key]);
}

function lastGroup() {
  try {
    return sessionStorage.getItem("group");
  } catch {
    return null;
  }
}
