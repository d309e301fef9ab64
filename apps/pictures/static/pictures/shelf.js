/**
 * Where an event's pictures wait on the device: IndexedDB, since localStorage is too small for them. All fail alike where there is
 * none. Whoever is forgotten takes it along (`screens/phone.js`).
 */
import { page } from "../screens/page.js";

/**
 * @typedef {{ key: string, url: string, bytes: ArrayBuffer, type: string, preview: string, caption: string, signed: boolean,
 *   at: number, trouble: string }} Upload `trouble` is the server's no; such a one waits for its owner
 */

const STORE = "uploads";
// Some browsers in private windows neither open it nor say no.
const OPENS_IN = 4_000;
/** @type {Promise<IDBDatabase> | undefined} */
let opened;

const open = () =>
  (opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(`pictures-${page.code}`, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => {
      // Somebody deletes it: an open one would be in the way.
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = asked.onblocked = () => reject(asked.error);
    setTimeout(() => reject(new Error("IndexedDB does not answer")), OPENS_IN);
  }));

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} act @returns {Promise<any>} */
async function within(mode, act) {
  const store = (await open()).transaction(STORE, mode).objectStore(STORE);
  return new Promise((resolve, reject) => {
    const asked = act(store);
    const done = store.transaction;
    done.oncomplete = () => resolve(asked.result);
    done.onerror = done.onabort = () => reject(done.error);
  });
}

/** @param {Upload} upload @returns {Promise<void>} */
export const putOnShelf = (upload) => within("readwrite", (store) => store.put(upload));
/** @param {string} key @returns {Promise<void>} */
export const takeFromShelf = (key) => within("readwrite", (store) => store.delete(key));
/** @returns {Promise<Upload[]>} */
export const onShelf = () => within("readonly", (store) => store.getAll());
