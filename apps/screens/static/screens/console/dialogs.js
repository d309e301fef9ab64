/** What opens over the console. */
import { page } from "../page.js";
import { Dialog } from "../parts/dialog.js";
import { QrPanel } from "../parts/qr.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { _ } from "../words.js";
import { AttendeesPanel } from "./attendees.js";
import { areOn, arrowKey, keysOfCard, switchKeys } from "./keys.js";
import { StagePanel } from "./stage_link.js";
import { close, moves, panel, present } from "./state.js";

export function Dialogs() {
  const [name, id] = panel.value.split("/");
  switch (name) {
    case "join":
      return html`<${Joining} />`;
    case "attendees":
      return html`<${AttendeesPanel} />`;
    case "stage":
      return html`<${StagePanel} />`;
    case "keys":
      return html`<${Keys} />`;
    case "prompts":
      return html`<${PickPrompt} />`;
    case "end":
      return html`<${Ask} title=${_("End the event?")} words=${_("Phones and stage say goodbye, and nobody can join any more.")} verb="end" yes=${_("End the event")} />`;
    case "enter":
      return html`<${Enter} id=${id} />`;
  }
  return null;
}

function Joining() {
  const { now } = present.value;
  return html`<${Dialog} title=${_("How to join")} onClose=${close}><${QrPanel} address=${page.address} qr=${page.qr} code=${page.code} isClosed=${now.joining !== "open"} /><//>`;
}

function Enter(/** @type {{ id: string }} */ { id }) {
  const { programme } = present.value;
  const segment = programme.segments.find((/** @type {any} */ one) => one.id === id);
  if (!segment) return null;
  return html`<${Ask} title=${_("Go to {title}?", segment)} words=${_("All screens go there at once, and its clock starts afresh.")} verb="enter" more=${{ segment: id }} yes=${_("Go there")} />`;
}

/** @param {{ title: string, words: string, verb: import("./moves.js").Verb, more?: object, yes: string }} props */
function Ask({ title, words, verb, more, yes }) {
  const act = () => {
    close();
    moves.press(verb, more);
  };
  return html`
    <${Dialog} title=${title} onClose=${close}>
      <p>${words}</p>
      <div class="row">
        <button type="button" class="button primary" onClick=${act}>${yes}</button>
        <button type="button" class="button quiet" onClick=${close}>${_("Stay here")}</button>
      </div>
    <//>
  `;
}

function PickPrompt() {
  const { segment, prompt, event } = present.value;
  const show = (/** @type {string} */ id) => () => {
    close();
    moves.press("show_prompt", { prompt: id });
  };
  return html`
    <${Dialog} title=${_("Prompts")} onClose=${close}>
      <ol class="list">
        ${(segment?.prompts ?? []).map((one, index) => html`
          <li key=${one.id} class=${index === prompt ? "list-row chosen" : "list-row"} aria-current=${index === prompt ? "true" : null}>
            <span class="grow" dir="auto" lang=${event.language}>${index + 1}. ${one.text}</span>
            <button type="button" class="button quiet" disabled=${index === prompt} onClick=${show(one.id)}>${index === prompt ? _("Shown") : _("Show")}</button>
          </li>
        `)}
      </ol>
    <//>
  `;
}

/** The card goes on under the open list: its keys are looked up again whenever its buttons change. */
function useKeysOfCard() {
  const [found, find] = useState(keysOfCard);
  useEffect(() => {
    const look = () => find(keysOfCard());
    const watch = new MutationObserver(look);
    watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-keyshortcuts", "data-key-words"] });
    look();
    return () => watch.disconnect();
  }, []);
  return found;
}

function Keys() {
  const ofCard = useKeysOfCard();
  const rows = [
    ["n", _("next segment: the large button")],
    ["p", _("back to the previous segment")],
    [arrowKey() === "ArrowRight" ? "\u2192  \u2190" : "\u2190  \u2192", _("next and previous prompt")],
    [_("space"), _("pause the clock, and go on")],
    ["+  \u2212", _("one minute more, one less")],
    ["b", _("blank all screens, and show them again")],
    [_("u or Ctrl Z"), _("take back the last thing")],
    ["q", _("how to join, large")],
    ["a", _("people")],
    ["s", _("stage")],
    ...[...ofCard].map(([key, button]) => [key, button.dataset.keyWords]),
    ["?", _("these keys")],
  ];
  return html`
    <${Dialog} title=${_("Keys")} onClose=${close}>
      <label class="row switch"><input type="checkbox" checked=${areOn.value} onChange=${(/** @type {any} */ e) => switchKeys(e.currentTarget.checked)} />${_("Single keys work on this device")}</label>
      <dl class="keys">${rows.map(([key, what]) => html`<div class="list-row" key=${key}><dt><kbd class="key">${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
    <//>
  `;
}
