/** Keys of the stage: join overlay, full screen, zoom, sound, help; the idle cursor hides. */
import { html, useEffect, useState } from "../vendor/preact.js";
import { page } from "../page.js";
import { _ } from "../words.js";
import { Dialog } from "./dialog.js";
import { QrPanel } from "./qr.js";
import { isSoundOn, switchSound } from "./stage_sound.js";

const ZOOM = { least: 0.6, most: 1.6, step: 0.05 };
const IDLE_SECONDS = 3;

/** Which overlay is open ("", "join", "keys") and how to set it; listens while mounted. */
export function useStageKeys() {
  const [overlay, setOverlay] = useState("");
  useEffect(() => {
    const toggle = (/** @type {string} */ name) => setOverlay((open) => (open === name ? "" : name));
    /** @type {Record<string, () => void>} */
    const keys = { q: () => toggle("join"), "?": () => toggle("keys"), f: fullScreen, s: switchSound, "+": () => zoom(1), "=": () => zoom(1), "-": () => zoom(-1), 0: () => zoom(0) };
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      keys[event.key.toLowerCase()]?.();
    };
    addEventListener("keydown", press);
    const stops = [hideIdleCursor(), keepAwake()];
    return () => (removeEventListener("keydown", press), stops.forEach((stop) => stop()));
  }, []);
  return /** @type {const} */ ([overlay, setOverlay]);
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

function zoom(/** @type {-1 | 0 | 1} */ way) {
  const root = document.documentElement;
  const was = Number(root.style.getPropertyValue("--zoom") || 1);
  const is = way ? Math.min(ZOOM.most, Math.max(ZOOM.least, was + way * ZOOM.step)) : 1;
  root.style.setProperty("--zoom", is.toFixed(2));
}

function hideIdleCursor() {
  const root = document.documentElement;
  let timer = 0;
  const moved = () => {
    root.classList.remove("idle");
    clearTimeout(timer);
    timer = window.setTimeout(() => root.classList.add("idle"), IDLE_SECONDS * 1000);
  };
  addEventListener("pointermove", moved);
  moved();
  return () => (removeEventListener("pointermove", moved), clearTimeout(timer));
}

/** A projector must not fall asleep; browsers allow this on HTTPS and on the machine itself only. */
function keepAwake() {
  const ask = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => document.removeEventListener("visibilitychange", ask);
}

/** QR, address and code over the whole stage, for those in the last row. */
export function JoinOverlay(/** @type {any} */ { event, onClose }) {
  return html`<${Dialog} title=${_("Join {title}", { title: event.title })} kind="dialog cover" onClose=${onClose}><${QrPanel} code=${page.code} address=${page.address} qr=${page.qr} /><//>`;
}

export function Keys(/** @type {{ onClose: () => void }} */ { onClose }) {
  const rows = [["q", _("how to join, large")], ["f", _("full screen")], ["+  −", _("zoom")], ["0", _("zoom back")], ["s", isSoundOn.value ? _("sound at the end of a story: on") : _("sound at the end of a story: off")], ["?", _("these keys")]];
  return html`<${Dialog} title=${_("Keys")} onClose=${onClose}>
    <dl class="keys">${rows.map(([key, what]) => html`<div class="list-row" key=${key}><dt><kbd class="key">${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
  <//>`;
}
