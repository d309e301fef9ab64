export { Fragment, h, render } from "preact";
export type { ComponentChildren, ComponentType, FunctionComponent, RefObject, VNode } from "preact";
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
export { batch, computed, effect, signal, useComputed, useSignal } from "@preact/signals";
export type { ReadonlySignal, Signal } from "@preact/signals";
export declare const html: (strings: TemplateStringsArray, ...values: any[]) => any;
