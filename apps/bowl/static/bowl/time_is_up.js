/** The instant at which a story's time is up, on this device. */
import { serverNow } from "../screens/clock.js";
import { useEffect, useRef } from "../screens/vendor/preact.js";

/** Acts once at 0:00, and once more after seconds were added. @param {import("./state.js").Turn | null} turn @param {() => void} act */
export function useTimeIsUp(turn, act) {
  const done = useRef("");
  useEffect(() => {
    if (!turn || turn.paused_at || turn.ended_at) return undefined;
    const left = Date.parse(turn.ends_at) - serverNow();
    if (left < 0 || done.current === turn.ends_at) return undefined;
    const timer = setTimeout(() => {
      done.current = turn.ends_at;
      act();
    }, left);
    return () => clearTimeout(timer);
  }, [turn?.ends_at, turn?.paused_at, turn?.ended_at]);
}
