import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';

/** So near to the end counts as being there, in pixels. */
const NEAR = 40;

/** Keeps a list at its end as long as nobody has scrolled up; `last` tells that something has come. */
export function useEnd<List extends HTMLElement>(
  last: string | undefined,
): { readonly ref: RefObject<List | null>; readonly onScroll: () => void } {
  const ref = useRef<List>(null);
  const stays = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something has come
  useLayoutEffect(() => {
    const list = ref.current;
    if (stays.current && list !== null) list.scrollTop = list.scrollHeight;
  }, [last]);

  const onScroll = useCallback(() => {
    const list = ref.current;
    if (list !== null) stays.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
  }, []);

  return { ref, onScroll };
}
