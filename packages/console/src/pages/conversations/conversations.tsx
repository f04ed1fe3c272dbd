import { Page } from '../../ui/page.tsx';
import { isSearch, useFilter } from './filter.ts';
import { Filters } from './filters.tsx';
import { Found } from './found.tsx';
import { RecentPeople } from './recent-people.tsx';
import './conversations.css';

/** With whom the apps are talking: those of late, or those that are looked for. */
export default function Conversations() {
  const [filter, change] = useFilter();
  const isFiltered = isSearch(filter.person) || filter.handedOver || filter.parked;
  return (
    <Page title="Conversations">
      <Filters filter={filter} onChange={change} />
      {isFiltered ? <Found filter={filter} /> : <RecentPeople key={filter.app} app={filter.app} />}
    </Page>
  );
}
