import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';

/** How much longer than the answer took it is left in peace: a slow server is not kept busy with it. */
const PEACE = 4;

/**
 * Has something asked again because of news: at once, and then at most once in `every` milliseconds, or less often where the answer
 * takes long.
 */
export function useRefresh(queryKey: QueryKey, every: number): () => void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const next = useRef(0);
  const key = useRef(queryKey);
  key.current = queryKey;
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(
      async () => {
        const began = performance.now();
        await client.invalidateQueries({ queryKey: key.current, exact: true });
        const took = performance.now() - began;
        next.current = performance.now() + Math.max(every, took * PEACE);
        timer.current = undefined;
      },
      Math.max(0, next.current - performance.now()),
    );
  }, [client, every]);
}
