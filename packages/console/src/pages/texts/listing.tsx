import { useCallback } from 'react';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { Foot } from './foot.tsx';
import { Rows } from './rows.tsx';
import { MOST_ROWS, type useFeed } from './use-feed.ts';

/** The texts that were found, or why there are none to see. */
export function Listing({
  feed: { rows, pages, isCurrent },
  showApp,
  isFiltered,
}: {
  readonly feed: ReturnType<typeof useFeed>;
  readonly showApp: boolean;
  readonly isFiltered: boolean;
}) {
  const { data, hasNextPage, isFetching, isError, error, fetchNextPage, refetch } = pages;
  const isCapped = rows.length >= MOST_ROWS;
  const isFutile = isFruitless(data?.pages ?? []);
  const loadOlder = useCallback(() => {
    if (hasNextPage && !isFetching && !isError && !isCapped && !isFutile) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, isCapped, isFutile, fetchNextPage]);

  if (data === undefined) {
    return error === null ? (
      <Loading label="Loading texts" />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  }
  if (rows.length === 0 && !hasNextPage) return <Nothing isFiltered={isFiltered} />;
  return (
    <div className="text-rows" data-apps={showApp || undefined} aria-busy={!isCurrent}>
      <Head showApp={showApp} />
      <Rows messages={rows} showApp={showApp} onEnd={loadOlder} />
      <Foot
        count={rows.length}
        oldest={rows.at(-1)?.at}
        hasOlder={hasNextPage}
        isCapped={isCapped}
        isLoading={pages.isFetchingNextPage}
        error={error}
        onOlder={() => void fetchNextPage()}
      />
    </div>
  );
}

/** So many pages without a text are asked for by themselves: to look through all there is for a rare word, somebody has to want it. */
const MOST_EMPTY = 5;

function isFruitless(pages: readonly { readonly messages: readonly unknown[] }[]): boolean {
  return pages.length >= MOST_EMPTY && pages.slice(-MOST_EMPTY).every(({ messages }) => messages.length === 0);
}

/** Says to those who see what stands where; each line says the same to others. */
function Head({ showApp }: { readonly showApp: boolean }) {
  return (
    <div className="text-rows-head" aria-hidden="true">
      <span>Time</span>
      <span />
      <span>Person</span>
      <span>Text</span>
      <span>Status</span>
      {showApp && <span>App</span>}
      <span>Said by</span>
    </div>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty title="No text matches">
        Widen the time, or take a filter away. What matches from now on appears here by itself.
      </Empty>
    );
  }
  return (
    <Empty title="No texts yet">
      Text one of your numbers, or the phone page: what comes in and goes out appears here at once.
    </Empty>
  );
}
