import type { Counts } from '@parley/api';
import { Link } from 'wouter';
import { formatCount, formatShare } from '../../lib/format.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { ALL, deliveryRate, outboundOf, rateText, type Status } from './counts.ts';
import { textsPath } from './links.ts';
import type { Span } from './span.ts';
import type { Scope } from './use-health.ts';
import './totals.css';

interface Before {
  readonly counts: Counts | undefined;
  /** `yesterday`, `the 7 days before`. */
  readonly words: string;
  /** A day that is going on is not measured by a whole one. */
  readonly isFair: boolean;
}

/** How many texts there are of each status, what share that is, and how it was before. */
export function Totals({
  totals,
  scope,
  span,
  before,
}: {
  readonly totals: Counts;
  readonly scope: Scope;
  readonly span: Span;
  readonly before: Counts | undefined;
}) {
  const hadTexts = before !== undefined && before.received + outboundOf(before) > 0;
  const compared: Before = {
    counts: hadTexts ? before : undefined,
    words: span.before,
    isFair: !(span.isOpen && span.before === 'yesterday'),
  };
  return (
    <>
      <dl className="totals">
        <div>
          <dt className="totals-rate">Delivery rate</dt>
          <dd>{rateText(totals)}</dd>
          <dd className="totals-note">{rateNote(totals, before)}</dd>
        </div>
        {ALL.map((status) => (
          <div key={status}>
            <dt>
              <StatusBadge status={status} />
            </dt>
            <dd>
              <Link to={textsPath(scope, span, status)}>{formatCount(totals[status])}</Link>
            </dd>
            <dd className="totals-note">{noteOf(status, totals, compared)}</dd>
          </div>
        ))}
      </dl>
      <p className="totals-legend">
        Shares are of the texts that were to leave
        {compared.isFair && hadTexts && `; changes are against ${span.before}`}. Days begin at midnight UTC.
      </p>
    </>
  );
}

function rateNote(now: Counts, before: Counts | undefined): string {
  const [rate, old] = [deliveryRate(now), before && deliveryRate(before)];
  if (rate === undefined) return 'of those that are done';
  return old === undefined ? 'of those that are done' : `before: ${formatShare(old)}`;
}

function noteOf(status: Status, totals: Counts, before: Before): string {
  const all = outboundOf(totals);
  const share = status === 'received' || all === 0 ? undefined : formatShare(totals[status] / all);
  return [share, changeOf(totals[status], before.counts?.[status], before)].filter(Boolean).join(' · ');
}

const signed = new Intl.NumberFormat(undefined, {
  style: 'percent',
  maximumFractionDigits: 0,
  signDisplay: 'exceptZero',
});

/** How it differs from before: in percent where both are of whole days, else what it was. */
function changeOf(now: number, old: number | undefined, { words, isFair }: Before): string {
  if (old === undefined) return '';
  if (!isFair) return `${words} ${formatCount(old)}`;
  if (old === 0) return now === 0 ? 'as before' : 'before: 0';
  const change = (now - old) / old;
  return Math.abs(change) < 0.005 ? 'as before' : signed.format(Math.min(change, 99));
}
