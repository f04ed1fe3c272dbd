import { type KeyboardEvent, type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Area, Point } from './layout.ts';

/** How a drawing is shifted and enlarged. */
export interface Viewport extends Point {
  readonly scale: number;
}

const SMALLEST = 0.15;
const LARGEST = 3;
/** A larger drawing begins at this size, with what matters in the middle, rather than too small to read. */
const LEGIBLE = 0.8;
/** To show all that is current at once, it may be as small as this. */
const BARELY_LEGIBLE = 0.6;
const STEP = 1.25;
const PAN = 48;
const MARGIN = 12;

export interface ViewportControls {
  readonly viewport: Viewport;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
  /** Moves so that this can be seen, unless it can already. */
  readonly reveal: (area: Area) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
}

/** Lets a drawing be moved and enlarged by pointer (also two fingers), wheel and keys. */
export function useViewport(
  ref: RefObject<HTMLElement | null>,
  { width, height }: { readonly width: number; readonly height: number },
): ViewportControls {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, scale: 1 });
  const pointers = useRef(new Map<number, Point>());

  const zoomAt = useCallback(
    (factor: number, center: Point) => setViewport((view) => zoomed(view, factor, center)),
    [],
  );
  const zoom = useCallback(
    (factor: number) => {
      const { clientWidth = 0, clientHeight = 0 } = ref.current ?? {};
      zoomAt(factor, { x: clientWidth / 2, y: clientHeight / 2 });
    },
    [ref, zoomAt],
  );
  const fit = useCallback(() => {
    const element = ref.current;
    if (element !== null && width > 0) setViewport(fitted(element, { width, height }, SMALLEST));
  }, [ref, width, height]);

  const reveal = useCallback(
    (area: Area) => {
      const element = ref.current;
      if (element === null) return;
      setViewport((view) => (isSeen(view, area, element) ? view : centered(view, area, element)));
    },
    [ref],
  );

  useEffect(() => {
    const element = ref.current;
    if (element !== null && width > 0) setViewport(fitted(element, { width, height }, LEGIBLE));
  }, [ref, width, height]);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0018)), {
        x: event.clientX - left,
        y: event.clientY - top,
      });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref, zoomAt]);

  const onPointerMove = (event: PointerEvent): void => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, now);
    if (other === undefined) {
      setViewport(({ x, y, scale }) => ({ x: x + now.x - before.x, y: y + now.y - before.y, scale }));
      return;
    }
    const { left = 0, top = 0 } = ref.current?.getBoundingClientRect() ?? {};
    const center = { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top };
    zoomAt(distance(now, other) / Math.max(distance(before, other), 1), center);
  };

  return {
    viewport,
    zoom,
    fit,
    reveal,
    onPointerMove,
    onPointerDown(event) {
      if (event.button !== 0 || (event.target as Element).closest('button') !== null) return;
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerUp: (event) => pointers.current.delete(event.pointerId),
    onKeyDown(event) {
      const act = event.target === event.currentTarget ? keyAct(event.key, { zoom, fit, setViewport }) : undefined;
      if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    },
  };
}

function keyAct(
  key: string,
  {
    zoom,
    fit,
    setViewport,
  }: Pick<ViewportControls, 'zoom' | 'fit'> & { readonly setViewport: (change: (view: Viewport) => Viewport) => void },
): (() => void) | undefined {
  const pan = (dx: number, dy: number) => () =>
    setViewport(({ x, y, scale }) => ({ x: x + dx * PAN, y: y + dy * PAN, scale }));
  switch (key) {
    case 'ArrowLeft':
      return pan(1, 0);
    case 'ArrowRight':
      return pan(-1, 0);
    case 'ArrowUp':
      return pan(0, 1);
    case 'ArrowDown':
      return pan(0, -1);
    case '+':
    case '=':
      return () => zoom(STEP);
    case '-':
      return () => zoom(1 / STEP);
    case '0':
      return fit;
    default:
      return undefined;
  }
}

function zoomed({ x, y, scale }: Viewport, factor: number, center: Point): Viewport {
  const next = Math.min(LARGEST, Math.max(SMALLEST, scale * factor));
  const ratio = next / scale;
  return { x: center.x - (center.x - x) * ratio, y: center.y - (center.y - y) * ratio, scale: next };
}

function fitted(
  { clientWidth, clientHeight }: HTMLElement,
  { width, height }: { readonly width: number; readonly height: number },
  smallest: number,
): Viewport {
  const whole = Math.min((clientWidth - 2 * MARGIN) / width, (clientHeight - 2 * MARGIN) / height, 1);
  const scale = Math.max(whole, smallest);
  return {
    x: Math.max(MARGIN, (clientWidth - width * scale) / 2),
    y: Math.max(MARGIN, (clientHeight - height * scale) / 2),
    scale,
  };
}

function isSeen({ x, y, scale }: Viewport, area: Area, { clientWidth, clientHeight }: HTMLElement): boolean {
  const left = x + area.x * scale;
  const top = y + area.y * scale;
  return left >= 0 && top >= 0 && left + area.width * scale <= clientWidth && top + area.height * scale <= clientHeight;
}

function centered(view: Viewport, area: Area, { clientWidth, clientHeight }: HTMLElement): Viewport {
  const whole = Math.min((clientWidth - 2 * MARGIN) / area.width, (clientHeight - 2 * MARGIN) / area.height);
  const scale = Math.min(view.scale, Math.max(whole, BARELY_LEGIBLE));
  return {
    x: clientWidth / 2 - (area.x + area.width / 2) * scale,
    y: clientHeight / 2 - (area.y + area.height / 2) * scale,
    scale,
  };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
