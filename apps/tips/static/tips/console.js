/** The wall from the podium: what waits, what hangs, and what the host switches. */
import { UndoButton, useUndo } from "../screens/console/undo_card.js";
import { page } from "../screens/page.js";
import { html, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { Board } from "./board.js";
import { useByKey } from "./by_key.js";
import { Age } from "./card.js";
import { Queue } from "./queue.js";
import { address, boardOf, queueOf, themesOf, wallOf } from "./state.js";

/** @param {any} props `alone`: on a page of its own, whose keys are all the cards' */
export function GroupExerciseConsole({ segment, documents, submit, me, alone = false }) {
  const wall = wallOf(documents, segment);
  const [place, setPlace] = useState("queue");
  const [trouble, setTrouble] = useState("");
  const { words, remember, undo } = useUndo();
  const turn = useByKey({ w: () => setPlace((now) => (now === "queue" ? "board" : "queue")) }, alone);
  const url = address(segment);
  /** The answer, or undefined where it was refused. */
  const send = (/** @type {string} */ path, /** @type {string} */ method, /** @type {any} */ body, label = _("The wall")) => {
    setTrouble("");
    return submit({ url: `${url}${path}`, method, body, label }).catch((/** @type {Error} */ no) => void setTrouble(no.message));
  };
  if (!wall) return null;
  const queue = queueOf(documents, segment);
  const board = boardOf(documents, segment);
  const themes = themesOf(documents, segment, "crew");
  const props = { segment, documents, send, me, url, themes, remember, complain: setTrouble, queue, board, everywhere: alone };
  const shown = board.filter((card) => card.state === "approved").length;
  const places = [["queue", _("Waiting"), queue.length], ["board", _("Wall and themes"), shown]];
  const isNameless = themes.some((theme) => theme.needs_name);
  return html`
    <div class="stack tips-console" onKeyDown=${turn}>
      ${me?.role === "host" && html`<${Switches} wall=${wall} send=${send} />`}
      <div class="places" role="group" aria-label=${_("What to look at")}>
        ${places.map(([name, label, count]) => html`<button key=${name} type="button" class="button quiet" aria-pressed=${place === name} aria-keyshortcuts="w" onClick=${() => setPlace(String(name))}>${label} <span class="badge figures">${count}</span>${name === "board" && isNameless && html`<span class="badge danger">${_("name missing")}</span>`}</button>`)}
      </div>
      <${UndoTip} words=${words} undo=${undo}>${place === "queue" && queue.length > 0 && html`<${Length} queue=${queue} />`}<//>
      <p class="refusal" role="alert">${trouble}</p>
      ${place === "queue" ? html`<${Queue} ...${props} />` : html`<${Board} ...${props} />`}
      <nav class="row tips-links" aria-label=${_("More about the wall")}>
        ${!alone && html`<a class="button quiet" href=${`/console/${page.code}/tips/`}>${_("The wall on a page of its own")}</a>`}
        <span class="quiet">${_("Who decided what:")}</span>
        <a class="button plain" href=${`${url}log.csv`} download>${_("Log as a table (CSV)")}</a>
        <a class="button plain" href=${`${url}log.json`} download>${_("Log as JSON")}</a>
      </nav>
    </div>
  `;
}

/** Its place is always kept, so that nothing jumps under a finger: `children` stand there otherwise. @param {{ words: string, undo: () => void, children?: any }} props */
function UndoTip({ words, undo, children }) {
  return html`<div class="undo-tip">
    <div class="undo-words" role="status">${words && html`<span dir="auto">${words}</span> <${UndoButton} undo=${undo} />`}</div>
    ${!words && children}
  </div>`;
}

/** How many wait, and for how long the first of them has. */
function Length(/** @type {{ queue: { written_at: string }[] }} */ { queue }) {
  const oldest = queue.reduce((first, { written_at }) => (written_at < first ? written_at : first), queue[0].written_at);
  return html`<p class="quiet">${_n("{count} tip waits", "{count} tips wait", queue.length)} · <${Age} since=${oldest} oldest /></p>`;
}

function Switches(/** @type {any} */ { wall, send }) {
  const set = (/** @type {any} */ body) => send("", "PUT", body);
  return html`
    <div class="row switches">
      <button type="button" class=${`button ${wall.revealed ? "quiet" : "primary"}`} onClick=${() => set({ revealed: !wall.revealed })}>${wall.revealed ? _("Cover the wall") : _("Show the wall")}</button>
      <button type="button" class="button quiet" onClick=${() => set({ themes_on_stage: !wall.themes_on_stage })}>${wall.themes_on_stage ? _("Notes on the stage") : _("Themes on the stage")}</button>
      <label class="check"><input type="checkbox" checked=${wall.moderated} onChange=${(/** @type {any} */ e) => {
        set({ moderated: e.target.checked });
        // What the server decided is drawn, not what was pressed.
        e.target.checked = wall.moderated;
      }} /> ${_("Look at tips first")}</label>
    </div>
  `;
}
