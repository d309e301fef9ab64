/** A kind of segment brings its own cards in a module of its own; until it is there, the plain card shows. */
import { backOff } from "./api.js";
import { page } from "./page.js";
import { PlainPhone } from "./parts/now.js";
import { useEffect, useState } from "./vendor/preact.js";

/**
 * @typedef {"phone" | "beside" | "stage" | "console"} Screen `beside` is the phone while another segment runs
 * @typedef {import("./vendor/preact.js").ComponentType<any>} Card
 * @typedef {Partial<Record<Screen, Card>>} Cards
 */

/** A phone's; a stage adds its own, and a console says enough without one. @type {Cards} */
export const plain = { phone: PlainPhone };
/** @type {Map<string, Promise<Cards>>} */
const loading = new Map();
const PAUSE = 1_000;
/** How often an address has failed. @type {Map<string, number>} */
const failures = new Map();
/** How often in a row without that the network was away: once is bad Wi-Fi, twice is worth a word. @type {Map<string, number>} */
const unexplained = new Map();

/**
 * The card of a kind on a screen, for components: undefined until it is there, or if there is none; the plain one as long as it
 * cannot be fetched, which is tried on and on, since a segment lasts longer than bad Wi-Fi.
 * @param {string | false | undefined} kind @param {Screen} screen @returns {Card | undefined}
 */
export function useCard(kind, screen) {
  const [card, setCard] = useState(/** @type {{ of: string, View: Card | undefined } | null} */ (null));
  useEffect(() => {
    if (!kind) return undefined;
    let isWanted = true;
    let timer = 0;
    const show = (/** @type {Card | undefined} */ View) => isWanted && setCard({ of: kind, View });
    const ask = (/** @type {number} */ attempt) => {
      timer = 0;
      cardFor(kind, screen).then(show, () => {
        show(plain[screen]);
        if (isWanted) timer = window.setTimeout(ask, PAUSE + backOff(attempt), attempt + 1);
      });
    };
    // Back on the network, nobody waits for the pause that grew without one.
    const askNow = () => timer && (clearTimeout(timer), ask(0));
    ask(0);
    addEventListener("online", askNow);
    return () => ((isWanted = false), clearTimeout(timer), removeEventListener("online", askNow));
  }, [kind, screen]);
  return card?.of === kind ? card?.View : undefined;
}

/**
 * The card of a kind on a screen; the plain one if its module has none for this screen. Fails if the module cannot be fetched or
 * throws; it is asked for anew the next time.
 * @param {string} kind @param {Screen} screen @param {(address: string) => Promise<{ default: Cards }>} [load]
 * @returns {Promise<Card | undefined>} undefined: nothing beside
 */
export async function cardFor(kind, screen, load = (address) => import(address)) {
  const address = page.kinds[kind];
  if (!address) return plain[screen];
  const began = isOnline();
  const cards = loading.get(address) ?? load(again(address)).then((module) => module.default ?? {});
  loading.set(address, cards);
  try {
    return (await cards)[screen] ?? plain[screen];
  } catch (error) {
    if (loading.delete(address)) {
      failures.set(address, (failures.get(address) ?? 0) + 1);
      const inARow = began && isOnline() ? (unexplained.get(address) ?? 0) + 1 : 0;
      unexplained.set(address, inARow);
      if (inARow > 1) console.warn(`The cards of ${kind} could not be loaded`, error);
    }
    throw error;
  }
}

const isOnline = () => globalThis.navigator?.onLine !== false;

/** Browsers remember a module that failed by its address: another try needs another one. @param {string} address */
function again(address) {
  const count = failures.get(address) ?? 0;
  return count ? `${address}?again=${count}` : address;
}
