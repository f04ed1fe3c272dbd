import { useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '../../lib/api.ts';
import { urlOf } from '../../lib/client.ts';
import { useMay } from '../../lib/session.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { queryOf } from './filter.ts';
import { Filters } from './filters.tsx';
import { Listing } from './listing.tsx';
import { LiveSwitch } from './live-switch.tsx';
import { useFeed } from './use-feed.ts';
import { useFilter } from './use-filter.ts';
import './texts.css';

/** Every text in and out, as it happens. */
export default function Texts() {
  const [filter, change, clear] = useFilter();
  const query = useMemo(() => queryOf(filter, Date.now()), [filter]);
  const organization = useApi('GET /organization', {});
  const [paused, setPaused] = useState(false);
  const [top, isAway] = useIsAway();
  const feed = useFeed(query, paused || isAway);
  const showApp = filter.app === undefined && (organization.data?.apps.length ?? 0) > 1;

  const showWaiting = (): void => {
    setPaused(false);
    window.scrollTo({ top: 0 });
  };

  return (
    <Page
      title="Texts"
      actions={
        <>
          <LiveSwitch connected={feed.connected} paused={paused} onChange={setPaused} />
          <Export query={query} />
        </>
      }
    >
      <Filters filter={filter} onChange={change} onClear={clear} organization={organization.data} />
      <div ref={top} />
      {feed.waiting > 0 && (
        <button type="button" className="texts-waiting" onClick={showWaiting}>
          {feed.overflow ? `${feed.waiting}+` : feed.waiting} new
        </button>
      )}
      <Listing feed={feed} showApp={showApp} isFiltered={Object.keys(filter).length > 0} />
    </Page>
  );
}

function Export({ query }: { readonly query: ReturnType<typeof queryOf> }) {
  if (!useMay('agent')) return null;
  return (
    <a className="button" href={urlOf('GET /messages.csv', { query })} download="messages.csv">
      <Icon name="download" /> Export as CSV
    </a>
  );
}

/** Whether the top of the list is out of sight. */
function useIsAway() {
  const top = useRef<HTMLDivElement>(null);
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    if (top.current === null) return;
    const observer = new IntersectionObserver(([entry]) => {
      setAway(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < 0);
    });
    observer.observe(top.current);
    return () => observer.disconnect();
  }, []);
  return [top, isAway] as const;
}
