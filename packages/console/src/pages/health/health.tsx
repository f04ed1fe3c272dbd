import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useApi } from '../../lib/api.ts';
import { Card, Page } from '../../ui/page.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { AppsTable } from './apps-table.tsx';
import { ChartCard } from './chart-card.tsx';
import { Failures } from './failures.tsx';
import { Filters } from './filters.tsx';
import { silentPath, textsPath } from './links.ts';
import { type Span, spanOf } from './span.ts';
import { Totals } from './totals.tsx';
import { calmOf, troublesOf } from './troubles.ts';
import { type Scope, useHealth } from './use-health.ts';
import { Verdict } from './verdict.tsx';
import { Waiting } from './waiting.tsx';
import './health.css';

/** How often what is told relative to now is told anew, in milliseconds. */
const TICK = 30_000;

/** How an organization's texts are doing, and what is wrong. */
export default function Health() {
  const [search] = useSearchParams();
  const now = useNow();
  const organization = useApi('GET /organization', {});
  const span = spanOf(search, now);
  const scope = scopeOf(search);
  return (
    <Page title="Health" actions={<Filters organization={organization.data} scope={scope} span={span} />}>
      <Report scope={scope} span={span} tick={now} />
    </Page>
  );
}

function Report({ scope, span, tick }: { readonly scope: Scope; readonly span: Span; readonly tick: number }) {
  const { health, before } = useHealth(scope, span);
  const now = Math.max(health.dataUpdatedAt, tick);
  if (health.data === undefined) {
    if (health.error === null) return <Loading />;
    return <Failure error={health.error} onRetry={() => void health.refetch()} />;
  }
  const to = { failed: textsPath(scope, span, 'failed'), sent: silentPath(scope, now) };
  return (
    <div className="health" aria-busy={health.isPlaceholderData || undefined}>
      <Verdict calm={calmOf(health.data, span.words, to)} troubles={troublesOf(health.data, span.words, to, now)} />
      <Card>
        <Totals totals={health.data.totals} scope={scope} span={span} before={before?.totals} />
      </Card>
      <ChartCard health={health.data} now={now} />
      <div className="health-pair">
        <Failures health={health.data} scope={scope} span={span} />
        <Waiting health={health.data} scope={scope} now={now} />
      </div>
      <AppsTable health={health.data} span={span} />
    </div>
  );
}

function scopeOf(search: URLSearchParams): Scope {
  const app = search.get('app');
  const ours = search.get('ours');
  return { ...(app === null ? {} : { app }), ...(ours === null ? {} : { ours }) };
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  return now;
}
