/** Ten seconds to take back what was done last, from the press on: also before its answer is here. */
import { lastOfCard } from "../screens/console/keys.js";
import { html, useEffect, useRef, useState } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";

const SECONDS = 10;

/**
 * `remember(answered, words, back)`: what was asked for, what to call it and how to take it back, given the answer.
 * A request that was refused (its answer is undefined) leaves nothing to take back.
 */
export function useUndo() {
  const [words, setWords] = useState("");
  const last = useRef(/** @type {{ answered: Promise<any>, back: (answer: any) => void } | null} */ (null));
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const forget = () => {
    clearTimeout(timer.current);
    last.current = lastOfCard.value = null;
    setWords("");
  };
  const undo = async () => {
    const mine = last.current;
    forget();
    const answer = await mine?.answered;
    if (mine && answer) mine.back(answer);
  };
  const remember = (/** @type {Promise<any>} */ answered, /** @type {(answer: any) => string} */ say, /** @type {(answer: any) => void} */ back) => {
    clearTimeout(timer.current);
    setWords("");
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

/** Its place is always kept, so that nothing jumps under a finger: `children` stand there otherwise. @param {{ words: string, undo: () => void, children?: any }} props */
export function UndoTip({ words, undo, children }) {
  return html`<div class="undo-tip">
    <div class="undo-words" role="status">${words && html`<span dir="auto">${words}</span>
      <button type="button" class="button quiet" aria-keyshortcuts="u Control+Z" onClick=${undo}>${_("Undo")} <kbd class="key" aria-hidden="true">u</kbd></button>`}</div>
    ${!words && children}
  </div>`;
}
