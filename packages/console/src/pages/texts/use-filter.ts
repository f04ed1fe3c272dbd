import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { type Filter, filterOf } from './filter.ts';

type Change = { readonly [Field in keyof Filter]?: string | undefined };

/** What is looked at, which is in the query string; `replace`: without a page to go back to, for what is being typed. */
export function useFilter(): readonly [
  Filter,
  (change: Change, options?: { readonly replace?: boolean }) => void,
  () => void,
] {
  const [search, setSearch] = useSearchParams();
  const words = search.toString();
  const filter = useMemo(() => filterOf(new URLSearchParams(words)), [words]);
  const change = useCallback(
    (patch: Change, { replace = false }: { readonly replace?: boolean } = {}) =>
      setSearch(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [field, value] of Object.entries(patch)) {
            if (value === undefined || value === '') next.delete(field);
            else next.set(field, value);
          }
          return next;
        },
        { replace },
      ),
    [setSearch],
  );
  const clear = useCallback(() => setSearch(new URLSearchParams()), [setSearch]);
  return [filter, change, clear];
}
