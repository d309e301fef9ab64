/** The picture that is on the stage now, on a stage and on a console alike. */
import { serverNow } from "../screens/clock.js";
import { useEffect, useRef, useState } from "../screens/vendor/preact.js";
import { TURN_SLIDE, slideAfter, slideAt } from "./turns.js";

/** @typedef {import("./state.js").ShownPicture | undefined} Shown */

/** @param {import("./state.js").ShownPicture[]} pictures in the order of approval @returns {{ shown: Shown, after: Shown }} */
export function useSlide(pictures) {
  const slide = useRef(/** @type {import("./turns.js").Slide} */ ({ turn: 0, shown: undefined }));
  const [, look] = useState(0);
  slide.current = slideAfter(pictures, slide.current, serverNow());
  const { turn, shown } = slide.current;
  useEffect(() => {
    const timer = setTimeout(() => look((count) => count + 1), (turn + 1) * TURN_SLIDE - serverNow());
    return () => clearTimeout(timer);
  });
  return { shown, after: slideAt(pictures, turn + 1) };
}
