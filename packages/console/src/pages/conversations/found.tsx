import { useMemo } from 'react';
import { usePages } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { useRefresh } from '../../lib/refresh.ts';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { type Filter, isSearch, numberStart } from './filter.ts';
import { List } from './list.tsx';
import { Row } from './row.tsx';

/** The conversations that a search or a filter finds. */
export function Found({ filter }: { readonly filter: Filter }) {
  const query = useMemo(() => queryOf(filter), [filter]);
  const pages = usePages('GET /conversations', query);
  const refresh = useRefresh(['GET /conversations', query], 3_000);
  useLive(filter.app === undefined ? {} : { app: filter.app }, refresh);
  const found = pages.data?.pages.flatMap(({ conversations }) => conversations);
  if (pages.error !== null && found === undefined) {
    return <Failure error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (found === undefined) return <Loading label="Looking for conversations" />;
  if (found.length === 0) return <Nothing filter={filter} />;
  return (
    <List
      more={pages.hasNextPage ? () => void pages.fetchNextPage() : undefined}
      isBusy={pages.isFetchingNextPage}
      label="Conversations found"
    >
      {found.map((summary) => (
        <Row key={summary.id} id={summary.id} last={undefined} summary={summary} />
      ))}
    </List>
  );
}

function queryOf({ app, person, handedOver, parked }: Filter) {
  return {
    limit: 50,
    ...(app === undefined ? {} : { app }),
    ...(isSearch(person) ? { person: numberStart(person) } : {}),
    // The API takes them as text.
    ...(handedOver ? { handedOver: 'true' } : {}),
    ...(parked ? { parked: 'true' } : {}),
  };
}

function Nothing({ filter: { person, handedOver, parked } }: { readonly filter: Filter }) {
  if (isSearch(person)) {
    return (
      <Empty title={`No number begins with ${numberStart(person)}`}>
        Numbers begin with a plus sign and the code of their country, such as +1 415.
        {(handedOver || parked) && ' Other filters are on, too.'}
      </Empty>
    );
  }
  if (parked) return <Empty title="Nothing is parked">Every bot has taken in all that it was told.</Empty>;
  return <Empty title="No conversation is handed over">Bots have all of them.</Empty>;
}
