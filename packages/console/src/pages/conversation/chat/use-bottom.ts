import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef } from 'react';
import type { Item } from './items.ts';

/** So near to the end counts as being there, in pixels. */
const NEAR = 40;

/**
 * Keeps a list at its end as long as nobody has scrolled up, else with the same text in the same place, whatever comes before it or
 * after it, and however tall texts turn out to be. Answers what to call when it is scrolled.
 */
export function useBottom(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  items: readonly Item[],
): { readonly onScroll: () => void; readonly toBottom: () => void; readonly isAtBottom: () => boolean } {
  const stays = useRef(true);
  const anchor = useRef<{ readonly key: string; readonly offset: number }>(undefined);
  const total = virtualizer.getTotalSize();
  const element = virtualizer.scrollElement;
  // It is kept in place here, for all reasons at once.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;

  const toBottom = useCallback(() => {
    stays.current = true;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [element]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the list has grown or its texts were measured
  useLayoutEffect(() => {
    if (stays.current) return toBottom();
    const index = items.findIndex(({ key }) => key === anchor.current?.key);
    const start = virtualizer.measurementsCache[index]?.start;
    if (element === null || anchor.current === undefined || start === undefined) return;
    element.scrollTop = start - anchor.current.offset;
  }, [total, items, element, virtualizer, toBottom]);

  const onScroll = useCallback(() => {
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    stays.current = scrollHeight - scrollTop - clientHeight < NEAR;
    const first = virtualizer.measurementsCache.find(
      ({ index, start }) => start >= scrollTop && items[index]?.kind === 'text',
    );
    const key = first && items[first.index]?.key;
    anchor.current = first && key !== undefined ? { key, offset: first.start - scrollTop } : undefined;
  }, [element, virtualizer, items]);

  return { onScroll, toBottom, isAtBottom: () => stays.current };
}
