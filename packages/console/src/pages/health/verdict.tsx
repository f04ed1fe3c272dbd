import { Link } from 'wouter';
import { Icon } from '../../ui/icon.tsx';
import type { Calm, Trouble } from './troubles.ts';
import './verdict.css';

/** What there is to worry about, a sentence each; or that there is nothing. */
export function Verdict({
  calm,
  troubles,
}: {
  /** What to say if there is nothing. */
  readonly calm: Calm;
  readonly troubles: readonly Trouble[];
}) {
  if (troubles.length === 0) {
    return (
      <p className="verdict" data-tone="good">
        <Icon name="check" />
        <span>
          <strong>{calm.title}</strong> {calm.text}{' '}
          {calm.to !== undefined && (
            <Link to={calm.to} className="verdict-link">
              See them
            </Link>
          )}
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
