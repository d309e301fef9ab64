/** A picture made small before it travels: bad Wi-Fi is spared, and what the camera wrote about the place stays on the phone. */

const LONGEST = 2048;
const PREVIEW = 320;

/** @typedef {{ bytes: ArrayBuffer, type: string, preview: string }} Shrunk `preview` is a data URL, "" where the browser cannot draw it */

/** At most 2048 pixels long, upright, as JPEG; the file as it is where this browser cannot read it. @param {Blob} file @returns {Promise<Shrunk>} */
export async function shrunk(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const blob = await new Promise((/** @type {(made: Blob | null) => void} */ done) => drawn(bitmap, LONGEST).toBlob(done, "image/jpeg", 0.86));
    if (!blob) throw new Error("nothing was drawn");
    return { bytes: await blob.arrayBuffer(), type: "image/jpeg", preview: drawn(bitmap, PREVIEW).toDataURL("image/jpeg", 0.7) };
  } catch {
    return { bytes: await file.arrayBuffer(), type: file.type || "application/octet-stream", preview: "" };
  }
}

/** @param {ImageBitmap} bitmap @param {number} longest */
function drawn(bitmap, longest) {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas here");
  // JPEG knows nothing transparent, and would show it black.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}
