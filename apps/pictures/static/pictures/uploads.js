/**
 * Pictures on their way: each is kept on the device until the server has answered, through bad Wi-Fi, reloads and sleep, and its key
 * makes a second sending harmless. Like `screens/outbox.js`, but for files.
 */
import { Refused, Unanswered, backOff, newKey } from "../screens/api.js";
import { signal } from "../screens/vendor/preact.js";
import { _ } from "../screens/words.js";
import { postPicture } from "./post.js";
import { onShelf, putOnShelf, takeFromShelf } from "./shelf.js";
import { picturesAddress } from "./state.js";

/** @typedef {import("./shelf.js").Upload} Upload */

const UPLOAD_LOCK = "pictures";
// The server forgets keys after 36 hours; what is older could happen twice.
const UPLOAD_LIFETIME = 35 * 3600 * 1000;

/** What waits, oldest first. @type {import("../screens/vendor/preact.js").Signal<Upload[]>} */
export const uploads = signal([]);
/** How far each got, from 0 to 1, by key. @type {import("../screens/vendor/preact.js").Signal<Record<string, number>>} */
export const uploadProgress = signal({});
/** False when this device cannot keep a picture for later. */
export const uploadsAreKept = signal(true);

/** Only this page has them. @type {Map<string, Upload>} */
const onlyHere = new Map();
/** Answered ones, should the device not let go of them. @type {Set<string>} */
const answered = new Set();
let isSending = false;
let attempt = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {{ bytes: ArrayBuffer, type: string, preview: string, caption: string, signed: boolean }} picture */
export async function upload(picture) {
  await keepUpload({ ...picture, key: newKey(), url: picturesAddress(), at: Date.now(), trouble: "" });
  sendUploads();
}

/** Put one that was refused away. @param {string} key */
export async function dismissUpload(key) {
  answered.add(key);
  onlyHere.delete(key);
  await takeFromShelf(key).catch(() => {});
  await look();
}

/** @param {Upload} one */
async function keepUpload(one) {
  try {
    await putOnShelf(one);
  } catch {
    onlyHere.set(one.key, one);
    uploadsAreKept.value = false;
  }
  await look();
}

async function look() {
  const kept = await onShelf().catch(() => []);
  const all = [...kept, ...onlyHere.values()].filter((one) => !answered.has(one.key));
  uploads.value = all.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

/** Send what waits, until all is answered or the server is silent. */
async function sendUploads() {
  clearTimeout(timer);
  if (isSending) return;
  isSending = true;
  try {
    await look();
    while (uploads.value.some((one) => !one.trouble)) {
      if (globalThis.navigator?.locks) await navigator.locks.request(UPLOAD_LOCK, sendAll);
      else await sendAll();
    }
    attempt = 0;
  } catch (no) {
    const after = no instanceof Unanswered ? no.afterSeconds * 1000 : 0;
    timer = setTimeout(sendUploads, Math.max(after, backOff(attempt++)));
  } finally {
    isSending = false;
  }
}

async function sendAll() {
  // Another tab may have sent some while this one waited for its turn.
  await look();
  for (const one of uploads.value.filter(({ trouble }) => !trouble)) await sendOne(one);
}

/** @param {Upload} one */
async function sendOne(one) {
  try {
    if (Date.now() - one.at > UPLOAD_LIFETIME) throw new Refused({ code: "too_old", message: _("This could not be sent in time.") }, 0);
    await postPicture(one, (share) => (uploadProgress.value = { ...uploadProgress.value, [one.key]: share }));
    await dismissUpload(one.key);
  } catch (no) {
    uploadProgress.value = { ...uploadProgress.value, [one.key]: 0 };
    if (!(no instanceof Refused)) throw no;
    await keepUpload({ ...one, trouble: no.message });
  }
}

const awake = () => {
  attempt = 0;
  sendUploads();
};
if (globalThis.window) {
  addEventListener("online", awake);
  addEventListener("pageshow", awake);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && awake());
  sendUploads();
}
