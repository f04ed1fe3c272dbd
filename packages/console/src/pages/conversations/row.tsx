import type { ConversationSummary, Message } from '@parley/api';
import { memo } from 'react';
import { Link } from 'wouter';
import { formatState } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Moment } from '../../ui/moment.tsx';

/** A conversation in the list: with whom, what was said last or where it is, what is the matter, and when. */
export const Row = memo(function Row({
  id,
  last,
  summary,
}: {
  readonly id: string;
  readonly last: Message | undefined;
  readonly summary: ConversationSummary | undefined;
}) {
  const theirs = summary?.theirs ?? last?.theirs ?? '';
  const name = summary?.name;
  const at = last?.at ?? summary?.heardAt ?? summary?.createdAt;
  return (
    <li className="people-row">
      <Link to={`/conversations/${encodeURIComponent(id)}`} className="people-row-link">
        <span className="people-row-who">
          <strong>{name ?? theirs}</strong>
          {name !== undefined && <span>{theirs}</span>}
        </span>
        <span className="people-row-app">{summary?.app ?? last?.app}</span>
        <span className="people-row-what">
          {last === undefined ? <State summary={summary} /> : <Said message={last} />}
        </span>
        <span className="people-row-badges">
          <Matters last={last} summary={summary} />
        </span>
        <span className="people-row-at">{at !== undefined && <Moment at={at} />}</span>
      </Link>
    </li>
  );
});

function Said({ message: { direction, text, redacted, media } }: { readonly message: Message }) {
  return (
    <>
      {direction === 'outbound' && <span className="people-row-ours">Us: </span>}
      {redacted ? (
        <em>kept by the app to itself</em>
      ) : text === '' && media.length > 0 ? (
        <em>a picture or file</em>
      ) : (
        text
      )}
    </>
  );
}

function State({ summary }: { readonly summary: ConversationSummary | undefined }) {
  if (summary?.handoff?.note !== undefined) return <>{summary.handoff.note}</>;
  if (summary?.journey === undefined) return <em>no journey</em>;
  return (
    <>
      {summary.journey.bot}: {formatState(summary.journey.state)}
    </>
  );
}

function Matters({
  last,
  summary,
}: {
  readonly last: Message | undefined;
  readonly summary: ConversationSummary | undefined;
}) {
  return (
    <>
      {last?.status === 'failed' && <Badge tone="bad">Not delivered</Badge>}
      {summary?.halted !== undefined && <Badge tone="bad">Halted</Badge>}
      {summary !== undefined && summary.parked > 0 && <Badge tone="bad">{`${summary.parked} parked`}</Badge>}
      {summary?.handoff !== undefined && <Badge tone="warn">{`With ${summary.handoff.to}`}</Badge>}
    </>
  );
}
