/** Pictures from the podium: what waits for a look, what is shown, what was decided against, and one of one's own. */
import { UndoButton, useUndo } from "../screens/console/undo_card.js";
import { stylesheet } from "../screens/parts/stylesheet.js";
import { html, useRef, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { DeclinePicture } from "./decline.js";
import { WaitingPictures } from "./own.js";
import { SendPicture } from "./send.js";
import { useSlide } from "./slides.js";
import { pictureAddress, picturesAddress, shownCards, shownPictures, unshownCards, waitingCards } from "./state.js";

stylesheet(import.meta.resolve("../pictures/pictures.css"));

/** @param {any} props those of a kind's card */
export function PictureQueue({ documents, submit }) {
  const [trouble, setTrouble] = useState("");
  const [declining, setDeclining] = useState("");
  // What is pressed after an undo comes after it, though it waits for the answer to what it takes back.
  const undoing = useRef(/** @type {Promise<any> | undefined} */ (undefined));
  const sendNow = (/** @type {string} */ id, /** @type {string} */ method, /** @type {any} */ body = undefined) => {
    setTrouble("");
    return submit({ url: `${picturesAddress()}${id}/decision/`, method, body, label: _("Pictures") }).then(() => true, (/** @type {Error} */ no) => void setTrouble(no.message));
  };
  const send = async (/** @type {string} */ id, /** @type {string} */ method, /** @type {any} */ body = undefined) => {
    await undoing.current;
    return sendNow(id, method, body);
  };
  const { words: said, remember, undo } = useUndo((taking) => {
    undoing.current = taking.finally(() => (undoing.current = undefined));
  });
  const decide = (/** @type {string} */ id, /** @type {any} */ body, /** @type {string} */ words) => {
    setDeclining("");
    remember(send(id, "PUT", body), () => words, () => sendNow(id, "DELETE"));
  };
  const waiting = waitingCards(documents);
  const shown = shownCards(documents);
  const unshown = unshownCards(documents);
  const onStage = useSlide(shownPictures(documents)).shown?.id;
  const card = waiting.find(({ id }) => id === declining);
  const acts = { decide, decline: setDeclining, reconsider: (/** @type {string} */ id) => send(id, "PUT", { verb: "reconsider" }) };
  return html`
    <section class="stack picture-console" aria-labelledby="picture-queue">
      <h3 id="picture-queue">${_("Pictures")}</h3>
      <div class="undo-picture" role="status">
        <p class="quiet">${waiting.length === 0 ? _("No picture waits. New ones come here by themselves.") : _n("{count} picture waits", "{count} pictures wait", waiting.length)}</p>
        ${said && html`<span>${said}</span><${UndoButton} undo=${undo} />`}
      </div>
      <p class="refusal" role="alert">${trouble}</p>
      ${waiting.length > 0 && html`<ol class="picture-cards">${waiting.map((one) => html`<${WaitingCard} key=${one.id} one=${one} acts=${acts} />`)}</ol>`}
      ${shown.length > 0 && html`<h4 class="shown-title" id="shown-pictures">${_("Shown")} <span class="badge figures">${shown.length}</span></h4>
        <ol class="shown-pictures" aria-labelledby="shown-pictures">${shown.map((one) => html`<${ShownCard} key=${one.id} one=${one} acts=${acts} isOnStage=${one.id === onStage} />`)}</ol>`}
      ${unshown.length > 0 && html`<details class="unshown-pictures">
        <summary>${_("Not shown")} <span class="badge figures">${unshown.length}</span></summary>
        <ol class="picture-cards">${unshown.map((one) => html`<${UnshownCard} key=${one.id} one=${one} acts=${acts} />`)}</ol>
      </details>`}
      <${SendPicture} quiet />
      <${WaitingPictures} />
    </section>
    ${card && html`<${DeclinePicture} onClose=${() => setDeclining("")} onSend=${(/** @type {any} */ body) => decide(card.id, { verb: "decline", ...body }, _("Sent back."))} />`}
  `;
}

function WaitingCard(/** @type {{ one: import("./state.js").PictureCard, acts: any }} */ { one, acts }) {
  return html`
    <li class="card picture-card">
      <${CardPicture} one=${one} />
      <div class="row">
        <button type="button" class="button primary" onClick=${() => acts.decide(one.id, { verb: "approve" }, _("Approved."))}>${_("Approve")}</button>
        <button type="button" class="button quiet" onClick=${() => acts.decline(one.id)}>${_("Send back")}</button>
      </div>
    </li>
  `;
}

function ShownCard(/** @type {{ one: import("./state.js").PictureCard, acts: any, isOnStage: boolean }} */ { one, acts, isOnStage }) {
  return html`
    <li class=${`card picture-card ${isOnStage ? "on-stage" : ""}`}>
      <p class="picture-place">${isOnStage && html`<span class="badge now">${_("On the stage now")}</span>`}</p>
      <${CardPicture} one=${one} />
      <button type="button" class="button danger" onClick=${() => acts.decide(one.id, { verb: "take_down" }, _("Taken down."))}>${_("Take down")}</button>
    </li>
  `;
}

/** @type {Record<string, () => string>} */
const UNSHOWN = { declined: () => _("Sent back"), taken_down: () => _("Taken down") };

function UnshownCard(/** @type {{ one: import("./state.js").PictureCard, acts: any }} */ { one, acts }) {
  return html`
    <li class="card picture-card">
      <${CardPicture} one=${one} />
      <div class="row between">
        <span class="badge">${UNSHOWN[one.state]?.()}</span>
        ${one.state === "taken_down" && html`<button type="button" class="button quiet" onClick=${() => acts.decide(one.id, { verb: "put_back" }, _("Put back."))}>${_("Put back")}</button>`}
        ${one.state === "declined" && html`<button type="button" class="button quiet" onClick=${() => acts.reconsider(one.id)}>${_("Look again")}</button>`}
      </div>
    </li>
  `;
}

function CardPicture(/** @type {{ one: import("./state.js").PictureCard }} */ { one }) {
  return html`
    <a href=${pictureAddress(one.id, "large")} target="_blank" rel="noopener noreferrer"><img loading="lazy" src=${pictureAddress(one.id, "small")} width=${one.width} height=${one.height} alt=${one.caption || _("The picture, larger in a new tab")} /></a>
    ${one.caption && html`<p dir="auto">${one.caption}</p>`}
    <p class="quiet"><bdi>${one.by}</bdi>${!one.signed && html` <span class="badge">${_("name not shown")}</span>`}</p>
  `;
}
