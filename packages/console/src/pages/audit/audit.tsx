import type { AuditEntry } from '@parley/api';
import { Link } from 'wouter';
import { usePages } from '../../lib/api.ts';
import { formatCount } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { targetsOf, wordsOf } from './acts.ts';
import './audit.css';

/** Who has done what, newest first. */
export default function Audit() {
  const may = useMay('operator');
  return (
    <Page title="Audit log">{may ? <Log /> : <Empty title="For operators">Your role may not see it.</Empty>}</Page>
  );
}

function Log() {
  const log = usePages('GET /audit', { limit: 100 });
  if (log.data === undefined) {
    return log.error === null ? <Loading /> : <Failure error={log.error} onRetry={() => void log.refetch()} />;
  }
  const entries = log.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) {
    return (
      <Empty title="Nothing yet">
        What people do here and through the API is written down, and kept for two years.
      </Empty>
    );
  }
  return (
    <div className="audit">
      <Card>
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Row key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      </Card>
      <footer>
        <span>
          {formatCount(entries.length)} {entries.length === 1 ? 'act' : 'acts'}
          {log.hasNextPage ? ' so far' : ': that is all'}
        </span>
        {log.hasNextPage && (
          <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Show older
          </Button>
        )}
      </footer>
    </div>
  );
}

function Row({ entry }: { readonly entry: AuditEntry }) {
  const { at, user, role, act, failed } = entry;
  return (
    <tr data-failed={failed !== undefined || undefined}>
      <td>
        <Moment at={at} />
      </td>
      <td>
        {user} <small>{role}</small>
      </td>
      <td>
        <p className="audit-act">
          <span title={act}>{wordsOf(act)}</span>
          {failed !== undefined && (
            <>
              <Badge tone="bad">Failed</Badge> <code>{failed}</code>
            </>
          )}
        </p>
        <Targets entry={entry} />
      </td>
    </tr>
  );
}

/** Of many only the first are told by id. */
const MOST = 3;

function Targets({ entry }: { readonly entry: AuditEntry }) {
  const targets = targetsOf(entry);
  if (targets.length === 0) return null;
  return (
    <p className="audit-targets">
      {targets.slice(0, MOST).map(({ id, to }) =>
        to === undefined ? (
          <code key={id}>{id}</code>
        ) : (
          <Link key={id} to={to}>
            <code>{id}</code>
          </Link>
        ),
      )}
      {targets.length > MOST && <span>and {formatCount(targets.length - MOST)} more</span>}
    </p>
  );
}
