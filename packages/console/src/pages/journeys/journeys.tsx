import { useSearchParams } from 'wouter';
import { useApi, usePages } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { type Filter, Filters, filterOf, queryOf } from './filters.tsx';
import { Funnel } from './funnel.tsx';
import { JourneyTable } from './journey-table.tsx';
import './journeys.css';

/** How people's runs through bots went: one by one, and of a bot all together. */
export default function Journeys() {
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const organization = useApi('GET /organization', {});
  const pages = usePages('GET /journeys', queryOf(filter));
  const all = pages.data?.pages.flatMap(({ journeys }) => journeys) ?? [];
  const change = (changed: Partial<Filter>): void => {
    const entries = Object.entries({ ...filter, ...changed }).filter(([, value]) => value !== '');
    setSearch(entries);
  };

  return (
    <Page title="Journeys">
      <Filters filter={filter} apps={organization.data?.apps ?? []} onChange={change} />
      {filter.app !== '' && filter.bot !== '' && <Funnel filter={filter} />}
      <Card title="One by one">
        {pages.error !== null && <Failure error={pages.error} onRetry={() => void pages.refetch()} />}
        {pages.isLoading && <Loading />}
        {pages.data !== undefined && all.length === 0 && (
          <Empty title="No journeys">
            {pages.hasNextPage ? 'None of the newest matches.' : 'A journey begins when a text starts a bot.'}
          </Empty>
        )}
        {all.length > 0 && <JourneyTable journeys={all} />}
        {pages.hasNextPage && (
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show older
          </Button>
        )}
      </Card>
    </Page>
  );
}
