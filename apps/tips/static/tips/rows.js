/** Of a long list most stays as it is when one thing comes: what is made of the same parts is not drawn again. */
import { useRef } from "../screens/vendor/preact.js";

/**
 * `row(id, parts, draw)`: what `draw` made of these parts the last time, as long as all of them are the very same.
 * @returns {(id: string, parts: unknown[], draw: () => any) => any}
 */
export function useRows() {
  const drawn = useRef(/** @type {Map<string, { parts: unknown[], row: any }>} */ (new Map()));
  return (id, parts, draw) => {
    const kept = drawn.current.get(id);
    if (kept?.parts.length === parts.length && kept.parts.every((part, place) => part === parts[place])) return kept.row;
    const row = draw();
    drawn.current.set(id, { parts, row });
    return row;
  };
}
