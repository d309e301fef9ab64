/** One picture to the server, telling how far it got; what comes of it is told as `call` tells it. */
import { Refused, Unanswered, renewToken } from "../screens/api.js";
import { page } from "../screens/page.js";

// Without a byte moving for so long, the line is dead.
const STALLED = 30_000;
// Judged later, the very same picture may be welcome.
const ASK_AGAIN = new Set([408, 425, 429]);

/** @param {import("./shelf.js").Upload} upload @param {(share: number) => void} onProgress from 0 to 1 @returns {Promise<any>} */
export async function postPicture(upload, onProgress) {
  try {
    return await posted(upload, onProgress);
  } catch (no) {
    const isStale = no instanceof Refused && no.status === 403 && no.code === "not_allowed";
    if (!isStale || !(await renewToken())) throw no;
    return posted(upload, onProgress);
  }
}

/** @param {import("./shelf.js").Upload} upload @param {(share: number) => void} onProgress @returns {Promise<any>} */
const posted = (upload, onProgress) =>
  new Promise((resolve, reject) => {
    const body = new FormData();
    body.set("file", new Blob([upload.bytes], { type: upload.type }), "picture");
    body.set("consent", "true");
    body.set("caption", upload.caption);
    body.set("signed", String(upload.signed));
    const request = new XMLHttpRequest();
    let watch = setTimeout(() => request.abort(), STALLED);
    const moving = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), STALLED);
    };
    request.open("POST", upload.url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", page.csrf);
    request.setRequestHeader("Idempotency-Key", upload.key);
    request.upload.onprogress = (told) => {
      moving();
      onProgress(told.lengthComputable ? told.loaded / told.total : 0);
    };
    request.upload.onload = moving;
    request.onloadend = () => {
      clearTimeout(watch);
      const answer = read(request);
      if (request.status >= 200 && request.status < 300 && answer?.picture) return resolve(answer);
      const isRefusal = typeof answer?.code === "string" && request.status >= 400 && request.status < 500 && !ASK_AGAIN.has(request.status);
      return reject(isRefusal ? new Refused(answer, request.status) : new Unanswered({ status: request.status, afterSeconds: Number(request.getResponseHeader("Retry-After")) || 0 }));
    };
    request.send(body);
  });

/** @param {XMLHttpRequest} request */
function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return undefined;
  }
}
