import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/** A part of the query string, and how to change it; `undefined` takes it out. `replace`: without a page to go back to. */
export function useQueryState(
  key: string,
): readonly [string | undefined, (value: string | undefined, options?: { readonly replace?: boolean }) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string | undefined, options: { readonly replace?: boolean } = {}) =>
      setParams(
        (current) => {
          const changed = new URLSearchParams(current);
          if (value === undefined || value === '') changed.delete(key);
          else changed.set(key, value);
          return changed;
        },
        { replace: options.replace ?? false },
      ),
    [key, setParams],
  );
  return [params.get(key) ?? undefined, set];
}
