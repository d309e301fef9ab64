/** Ten seconds to take the last decision back, by button or by the console's `u`; from the press on, also before its answer is here. */
import { lastOfCard } from "../screens/console/keys.js";
import { useEffect, useRef, useState } from "../screens/vendor/preact.js";

const UNDO_PICTURE = 10_000;

/**
 * @param {(id: string, answered: Promise<any>) => void} takeBack
 * @returns {{ said: string, remember: (id: string, answered: Promise<any>, words: string) => void, undo: () => void }} `answered` resolves
 *   with nothing where the decision was refused
 */
export function useLastDecision(takeBack) {
  const [said, setSaid] = useState("");
  const last = useRef(/** @type {{ id: string, answered: Promise<any> } | null} */ (null));
  const timer = useRef(0);
  const forget = () => {
    clearTimeout(timer.current);
    last.current = lastOfCard.value = null;
    setSaid("");
  };
  const undo = () => {
    const mine = last.current;
    forget();
    if (mine) takeBack(mine.id, mine.answered);
  };
  const remember = (/** @type {string} */ id, /** @type {Promise<any>} */ answered, /** @type {string} */ words) => {
    forget();
    const mine = (last.current = { id, answered });
    lastOfCard.value = { at: Date.now(), act: undo };
    answered.then((answer) => {
      if (last.current !== mine) return;
      if (!answer) return forget();
      setSaid(words);
      timer.current = window.setTimeout(forget, UNDO_PICTURE);
    });
  };
  useEffect(() => forget, []);
  return { said, remember, undo };
}
