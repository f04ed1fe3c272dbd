import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** Which conversations are shown. */
export interface Filter {
  readonly app: string | undefined;
  /** How a number begins. */
  readonly person: string | undefined;
  readonly handedOver: boolean;
  readonly parked: boolean;
}

/** The filter that the query string holds, and how to change it; `replace`: without a page to go back to. */
export function useFilter(): readonly [
  Filter,
  (change: Partial<Filter>, options?: { readonly replace?: boolean }) => void,
] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(
    (): Filter => ({
      app: params.get('app') ?? undefined,
      person: params.get('person') ?? undefined,
      handedOver: params.get('handedOver') === 'true',
      parked: params.get('parked') === 'true',
    }),
    [params],
  );
  const change = useCallback(
    (changed: Partial<Filter>, { replace = false }: { readonly replace?: boolean } = {}) =>
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [key, value] of Object.entries(changed)) {
            if (value === undefined || value === false || value === '') next.delete(key);
            else next.set(key, String(value));
          }
          return next;
        },
        { replace },
      ),
    [setParams],
  );
  return [filter, change];
}

/** The shortest beginning of a number that is looked for. */
export const SHORTEST = 4;

/** `(415) 555` as numbers are kept: `+415555`. Those of other channels, `whatsapp:+1415`, stay as they are. */
export function numberStart(typed: string): string {
  const bare = typed.trim().replaceAll(/[\s().-]/g, '');
  return /^\d/.test(bare) ? `+${bare}` : bare;
}

/** Whether a beginning is long enough to look for. */
export function isSearch(person: string | undefined): person is string {
  return person !== undefined && numberStart(person).length >= SHORTEST;
}
