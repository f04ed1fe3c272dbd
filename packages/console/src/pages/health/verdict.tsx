import type { Health } from '@parley/api';
import { Link } from 'wouter';
import { formatCount, formatShare } from '../../lib/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { deliveryRate, outboundOf } from './counts.ts';
import type { Trouble } from './troubles.ts';
import './verdict.css';

/** What there is to worry about, a sentence each; or that there is nothing. */
export function Verdict({
  health,
  words,
  troubles,
}: {
  readonly health: Health;
  readonly words: string;
  readonly troubles: readonly Trouble[];
}) {
  if (troubles.length === 0) {
    return (
      <p className="verdict" data-tone="good">
        <Icon name="check" />
        <span>
          <strong>All is well.</strong> {calm(health, words)}
        </span>
      </p>
    );
  }
  return (
    <ul className="verdicts" aria-label="What is wrong">
      {troubles.map(({ id, tone, text, to, action }) => (
        <li key={id} className="verdict" data-tone={tone}>
          <Icon name="warning" />
          <span>
            {text}{' '}
            {to !== undefined && (
              <Link to={to} className="verdict-link">
                {action}
              </Link>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function calm({ totals, deferred }: Health, words: string): string {
  const rate = deliveryRate(totals);
  const sent = outboundOf(totals);
  const held = deferred.reduce((all, { count }) => all + count, 0);
  const waiting = held === 0 ? '' : ` ${formatCount(held)} wait for their moment.`;
  if (sent === 0) return `No text was sent ${words}, and nothing is late or parked.${waiting}`;
  if (rate === undefined) return `${formatCount(sent)} texts are on their way.${waiting}`;
  return `${formatShare(rate)} of the texts that are done arrived ${words}; nothing is late or parked.${waiting}`;
}
