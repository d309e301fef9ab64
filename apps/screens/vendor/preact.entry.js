// What the screens use of Preact, htm and signals, as one module without a build step for anybody else.
import { Fragment, h, render } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { batch, computed, effect, signal, useComputed, useSignal } from "@preact/signals";
import htm from "htm";

const html = htm.bind(h);

export { Fragment, batch, computed, effect, h, html, render, signal, useComputed, useEffect, useLayoutEffect, useMemo, useRef, useSignal, useState };
