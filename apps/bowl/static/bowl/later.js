/** A part of a screen that most never need: fetched when somebody does. */
import { useEffect, useState } from "../screens/vendor/preact.js";

const AGAIN = 2_000;

/**
 * The module once it is there, null until then. Where it does not come, `failed` is told, or else it is tried again.
 * @param {boolean} isNeeded @param {() => Promise<any>} load @param {() => void} [failed]
 */
export function useLater(isNeeded, load, failed) {
  const [module, setModule] = useState(/** @type {any} */ (null));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (isNeeded && !module) load().then(setModule, failed ?? (() => void setTimeout(() => setTries(tries + 1), AGAIN)));
  }, [isNeeded, tries]);
  return module;
}
