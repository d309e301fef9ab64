/** The host's screen: the current thing big, one obvious next step, and a way back from everything. */
import { Agenda } from "./console/agenda.js";
import { Bar } from "./console/bar.js";
import { Dialogs } from "./console/dialogs.js";
import { Gone } from "./console/gone.js";
import { lastOfCard, listen } from "./console/keys.js";
import { Back, Lead, Minutes, Prompts } from "./console/lead.js";
import { NowCard } from "./console/now.js";
import { advance, isHost, live, moves, panel, present } from "./console/state.js";
import { Undo } from "./console/undo.js";
import { Toasts } from "./parts/dialog.js";
import { hueOf, wearPalette } from "./parts/now.js";
import { effect, html, render } from "./vendor/preact.js";
import { _ } from "./words.js";

effect(() => {
  const { event, now, segment } = present.value;
  wearPalette(event);
  document.documentElement.dataset.hue = now.blanked || now.state !== "live" ? "lamp" : hueOf(segment);
});

/** @type {Record<string, () => unknown>} */
const HOST_KEYS = {
  next: advance,
  back: () => present.peek().previous && moves.press("back"),
  next_prompt: () => present.peek().hasNextPrompt && moves.press("next_prompt"),
  previous_prompt: () => present.peek().hasPreviousPrompt && moves.press("previous_prompt"),
  pause: () => present.peek().segment && moves.press(present.peek().now.paused_at ? "resume" : "pause"),
  more: () => present.peek().segment && moves.press("add_minutes", { minutes: 1 }),
  less: () => present.peek().segment && moves.press("add_minutes", { minutes: -1 }),
};
/** @type {Record<string, () => unknown>} */
const CREW_KEYS = {
  blank: () => moves.press(present.peek().now.blanked ? "unblank" : "blank"),
  undo: undoLast,
  ...Object.fromEntries(["join", "attendees", "stage", "keys"].map((name) => [name, () => (panel.value = name)])),
};
/** What was pressed last on this console: a move, or something on the current segment's card. */
function undoLast() {
  const ofCard = lastOfCard.peek();
  return ofCard && ofCard.at >= moves.pressedAt() ? ofCard.act() : moves.undo();
}
listen(
  (name) => (CREW_KEYS[name] ?? (isHost.peek() ? HOST_KEYS[name] : undefined))?.(),
  () => panel.peek() !== "",
);

function Console() {
  if (live.state.value.name === "refused") return html`<${Gone} />`;
  return html`
    <${Bar} />
    <main class=${`console ${present.value.now.blanked ? "is-blanked" : ""}`}>
      <div class="console-now"><${NowCard} /></div>
      ${isHost.value ? html`<${HostControls} />` : html`<${ModeratorWords} />`}
      <${Agenda} />
    </main>
    <${Dialogs} />
    <${Toasts} />
  `;
}

function HostControls() {
  const isRunning = present.value.now.state === "live";
  return html`
    <div class="hands">
      ${isRunning && html`<div class="controls"><${Back} /><${Prompts} /><${Minutes} /></div>`}
      <div class="console-lead"><${Undo} /><${Lead} /></div>
    </div>
  `;
}

function ModeratorWords() {
  const words = _("Hosts move the event on. You can blank the screens, open and close joining, and remove people.");
  return html`<div class="hands"><div class="console-lead"><${Undo} />${present.value.now.blanked ? html`<${Lead} />` : html`<p class="quiet">${words}</p>`}</div></div>`;
}

render(html`<${Console} />`, /** @type {HTMLElement} */ (document.getElementById("screen")));
