/** A kind of segment brings its own stylesheet: in its module, `await stylesheet(import.meta.resolve("./name.css"))`. */

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/** Resolves when it applies, or could not be had: an undressed card is better than none. @param {string} address */
export function stylesheet(address) {
  const known = loading.get(address);
  if (known) return known;
  const link = document.createElement("link");
  const ready = new Promise((/** @type {(value: void) => void} */ done) => (link.onload = link.onerror = () => done()));
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
  loading.set(address, ready);
  return ready;
}
