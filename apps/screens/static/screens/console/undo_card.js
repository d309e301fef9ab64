/** Ten seconds to take back what a card did last, by its button or the console's `u`: from the press on, also before its answer is here. */
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { _ } from "../words.js";
import { lastOfCard } from "./keys.js";

const SECONDS = 10;

/**
 * `remember(answered, say, back)`: what was asked for, what to call it and how to take it back, given the answer.
 * A request that was refused (its answer is undefined) leaves nothing to take back.
 * @param {(taking: Promise<any>) => void} [begun] hears when something is being taken back, and by the promise when that is over
 */
export function useUndo(begun = () => {}) {
  const [words, setWords] = useState("");
  const last = useRef(/** @type {{ answered: Promise<any>, back: (answer: any) => any } | null} */ (null));
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const forget = () => {
    clearTimeout(timer.current);
    last.current = lastOfCard.value = null;
    setWords("");
  };
  const undo = () => {
    const mine = last.current;
    forget();
    if (mine) begun(mine.answered.then((answer) => answer && mine.back(answer)));
  };
  const remember = (/** @type {Promise<any>} */ answered, /** @type {(answer: any) => string} */ say, /** @type {(answer: any) => any} */ back) => {
    forget();
    const mine = (last.current = { answered, back });
    lastOfCard.value = { at: Date.now(), act: undo };
    answered.then((answer) => {
      if (last.current !== mine) return;
      if (!answer) return forget();
      setWords(say(answer));
      timer.current = setTimeout(forget, SECONDS * 1000);
    });
  };
  useEffect(() => forget, []);
  return { words, remember, undo };
}

/** @param {{ undo: () => void }} props */
export function UndoButton({ undo }) {
  return html`<button type="button" class="button quiet" aria-keyshortcuts="u Control+Z" onClick=${undo}>${_("Undo")} <kbd class="key" aria-hidden="true">u</kbd></button>`;
}
