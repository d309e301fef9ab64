/** Waiting tips: one key, one tap or one swipe each, ten seconds to take it back, and nobody else's card. */
import { call } from "../screens/api.js";
import { html, useEffect, useRef, useState } from "../screens/vendor/preact.js";
import { _, _n } from "../screens/words.js";
import { MOST_AT_ONCE, approveAll, undoAll } from "./at_once.js";
import { useByKey } from "./by_key.js";
import { further, useFocusKept } from "./chosen.js";
import { DeclineDialog, ThemeDialog, WordingDialog } from "./dialogs.js";
import { keysOfGuesses, likelyThemes } from "./guesses.js";
import { useMore } from "./more.js";
import { QueueCard, heldBy } from "./queue_card.js";
import { suggestionsOf } from "./state.js";
import { isLeftToRight } from "./swipe.js";

// Passing by with an arrow key claims nothing.
const STAY = 800;
const RENEW = 20_000;
// Nobody reads further ahead than that.
const STEP = 40;
const BEYOND = 10;

/** @param {any} props `remember` of useUndo; `complain` shows a sentence; `everywhere`: the page is the queue's, and so are its keys */
export function Queue({ queue, board, send, me, url, themes, documents, segment, remember, complain, everywhere }) {
  const [chosen, setChosen] = useState("");
  const [dialog, setDialog] = useState("");
  // A dialog that goes tells so a moment later, when another one may be open already.
  const close = () => setDialog((now) => (now === dialog ? "" : now));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const place = Math.max(0, queue.findIndex((/** @type {any} */ one) => one.id === chosen));
  const card = queue[place];
  const [isMine, takeFocus] = useFocusKept(list, card?.id);
  const [most, more] = useMore(queue.length, STEP, place + BEYOND);
  const suggestions = suggestionsOf(documents, segment);
  const likely = card ? likelyThemes(card, suggestions, themes) : [];
  useClaim(isMine || dialog ? card?.id : undefined, url);

  const choose = (/** @type {number} */ step) => {
    takeFocus();
    setChosen(further(queue, card?.id, step));
  };
  /** Done once the server has said so. @returns {Promise<boolean>} */
  const decide = (/** @type {any} */ one, /** @type {any} */ body, /** @type {string} */ words) => {
    const at = queue.findIndex((/** @type {any} */ other) => other.id === one.id);
    if (one.id === card?.id) setChosen(queue[at + 1]?.id ?? queue[at - 1]?.id ?? "");
    setDialog("");
    const answered = send(`tips/${one.id}/decision/`, "PUT", body);
    const back = () => {
      setChosen(one.id);
      send(`tips/${one.id}/decision/`, "DELETE");
    };
    remember(answered, () => words, back);
    return answered.then(Boolean);
  };
  const approve = (/** @type {any} */ one, /** @type {any} */ under = null) =>
    decide(one, { verb: "approve", seen: one.text, ...(under && { theme: under.id }) }, under ? _("Approved under {theme}.", { theme: under.name }) : _("Approved."));
  const open = (/** @type {string} */ name, /** @type {any} */ one = card) => {
    if (!one) return;
    setChosen(one.id);
    setDialog(name);
  };
  const refuse = (/** @type {any} */ one, /** @type {any[]} */ no) => no.forEach((theme) => send("refusals/", "PUT", { tip: one.id, theme: theme.id }));
  const allPlain = queue.filter((/** @type {any} */ one) => one.flags.length === 0 && one.similar.length === 0 && !heldBy(one, me));
  const plain = allPlain.slice(0, MOST_AT_ONCE);
  const approvePlain = () => {
    const answered = approveAll(send, plain);
    const back = async (/** @type {{ approved: string[] }} */ { approved }) => {
      const left = await undoAll(send, approved);
      if (left > 0) complain(_n("{count} tip could not be taken back.", "{count} tips could not be taken back.", left));
    };
    remember(answered, (/** @type {{ approved: string[] }} */ { approved }) => _n("{count} tip approved.", "{count} tips approved.", approved.length), back);
  };

  const pressed = useByKey(
    {
      j: () => choose(1),
      ArrowDown: () => choose(1),
      k: () => choose(-1),
      ArrowUp: () => choose(-1),
      a: () => card && approve(card),
      d: () => open("decline"),
      e: () => open("wording"),
      t: () => open("theme"),
      ...(card && keysOfGuesses(likely, (theme) => approve(card, theme), (no) => refuse(card, no))),
    },
    everywhere,
    dialog !== "",
  );
  const acts = { approve, open, refuse, notSame: (/** @type {string[]} */ tips) => send("refusals/", "PUT", { tips }) };
  return html`
    <section class="stack queue" aria-label=${_("Waiting tips")} tabindex="-1" ref=${list} onKeyDown=${pressed}>
      ${queue.length === 0 && html`<p class="quiet">${_("Nothing waits. New tips come here by themselves.")}</p>`}
      ${queue.length > 0 && html`
        ${plain.length > 1 && html`<button type="button" class="button quiet" onClick=${approvePlain}>${plain.length < allPlain.length ? _("Approve the first {count} without flags", { count: plain.length }) : _n("Approve {count} without flags", "Approve all {count} without flags", plain.length)}</button>`}
        <p class="quiet swipe-help">${isLeftToRight() ? _("Swipe right to approve, left to send back.") : _("Swipe left to approve, right to send back.")}</p>
        <ol class="queue-list">
          ${queue.slice(0, most).map((/** @type {any} */ one, /** @type {number} */ index) => html`<${QueueCard} key=${one.id} card=${one} me=${me} isChosen=${index === place} likely=${likelyThemes(one, suggestions, themes)}
            onChoose=${() => setChosen(one.id)} acts=${acts} others=${one.similar.length > 0 ? [...queue, ...board] : []} />`)}
        </ol>
        ${more}
        <p class="quiet key-help"><kbd class="key">j</kbd> <kbd class="key">k</kbd> ${_("next and previous")} · <kbd class="key">a</kbd> ${_("approve")} · <kbd class="key">1</kbd>–<kbd class="key">3</kbd> ${_("approve under a likely theme")} · <kbd class="key">x</kbd> ${_("none of these themes")}
          · <kbd class="key">d</kbd> ${_("send back")} · <kbd class="key">e</kbd> ${_("reword")} · <kbd class="key">t</kbd> ${_("theme")} · <kbd class="key">u</kbd> ${_("undo")}</p>
      `}
    </section>
    ${card && dialog === "decline" && html`<${DeclineDialog} card=${card} onClose=${close} onSend=${(/** @type {any} */ body) => decide(card, { verb: "decline", ...body }, _("Sent back."))} />`}
    ${card && dialog === "wording" && html`<${WordingDialog} card=${card} onClose=${close} onSend=${(/** @type {string} */ text) => (setDialog(""), send(`tips/${card.id}/wording/`, "PUT", { text, seen: card.text }))} />`}
    ${card && dialog === "theme" && html`<${ThemeDialog} title=${_("Approve under a theme")} themes=${themes} likely=${likely} onClose=${close} onChoose=${(/** @type {any} */ theme) => approve(card, theme)} send=${send} />`}
  `;
}

/** Holds the card one stays on, and lets it go afterwards; lost when the line is, which is no harm. */
function useClaim(/** @type {string | undefined} */ id, /** @type {string} */ url) {
  useEffect(() => {
    if (!id) return undefined;
    let isHeld = false;
    const hold = () => call({ url: `${url}tips/${id}/claim/`, method: "PUT" }).then(() => (isHeld = true), () => {});
    const first = setTimeout(hold, STAY);
    const again = setInterval(hold, RENEW);
    return () => {
      clearTimeout(first);
      clearInterval(again);
      if (isHeld) call({ url: `${url}tips/${id}/claim/`, method: "DELETE" }).catch(() => {});
    };
  }, [id, url]);
}
