import type { ResponseOf, RouteName } from '@parley/api';
import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { ApiError, type Asked, call } from './client.ts';

/** Routes that only read. */
export type Readable = Extract<RouteName, `GET ${string}`>;
/** Routes that change something. */
export type Changeable = Exclude<RouteName, Readable>;

/** Kept for all pages: what was asked before is shown at once and asked again behind it. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // Whoever is not signed in any more is shown where to do it.
    onError: (error) => {
      if (error instanceof ApiError && error.status === 401) {
        void queryClient.invalidateQueries({ queryKey: ['GET /session'] });
      }
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.status === 0,
    },
  },
});

/** What a route answers, kept under its name and what was asked. */
export function useApi<Name extends Readable>(
  name: Name,
  asked: Asked<Name>,
  options: { readonly enabled?: boolean; readonly refetchInterval?: number } = {},
): UseQueryResult<ResponseOf<Name>, ApiError> {
  return useQuery<ResponseOf<Name>, ApiError>({
    queryKey: [name, asked],
    queryFn: ({ signal }) => call(name, asked, signal),
    placeholderData: keepPreviousData as never,
    ...options,
  });
}

/** Page after page of a route that answers with `next`. */
export function usePages<
  Name extends Extract<Readable, 'GET /messages' | 'GET /conversations' | 'GET /journeys' | 'GET /audit'>,
>(
  name: Name,
  query: NonNullable<Asked<Name>['query']>,
  {
    keepPrevious = false,
    ...options
  }: { readonly refetchOnWindowFocus?: boolean; readonly keepPrevious?: boolean } = {},
) {
  return useInfiniteQuery<ResponseOf<Name>, ApiError, { pages: ResponseOf<Name>[] }, unknown[], string | undefined>({
    queryKey: [name, query],
    queryFn: ({ pageParam, signal }) =>
      call(name, { query: { ...query, ...(pageParam === undefined ? {} : { cursor: pageParam }) } } as never, signal),
    initialPageParam: undefined,
    getNextPageParam: (last) => (last as { readonly next?: string }).next,
    ...(keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
    ...options,
  });
}

/** Something that a page can have changed. */
export interface Act<Name extends Changeable> {
  readonly isPending: boolean;
  readonly error: ApiError | null;
  /** Has it changed. What comes after is done even when the page has moved on, and whatever asked is not shown any more. */
  readonly mutate: (
    asked: Asked<Name>,
    after?: {
      readonly onSuccess?: (answer: ResponseOf<Name>) => void;
      readonly onError?: (error: ApiError) => void;
    },
  ) => void;
}

/** Changes something, then has everything that is shown asked again. */
export function useAct<Name extends Changeable>(name: Name): Act<Name> {
  const client = useQueryClient();
  const { isPending, error, mutateAsync } = useMutation<ResponseOf<Name>, ApiError, Asked<Name>>({
    mutationFn: (asked) => call(name, asked),
    onSettled: () => {
      void client.invalidateQueries();
    },
  });
  return {
    isPending,
    error,
    // The library drops the callbacks of `mutate` when its component goes, which news of the very change may bring about.
    mutate: (asked, { onSuccess, onError = () => undefined } = {}) => void mutateAsync(asked).then(onSuccess, onError),
  };
}
