import type { Journey } from '@parley/api';
import { Link } from 'wouter';
import { formatDuration, formatState } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Moment } from '../../ui/moment.tsx';
import { STATUSES } from './filters.tsx';

const TONES: Readonly<Record<Journey['status'], string>> = {
  running: 'busy',
  done: 'good',
  expired: 'warn',
  replaced: 'neutral',
  claimed: 'neutral',
  ended: 'neutral',
};

export function JourneyTable({ journeys }: { readonly journeys: readonly Journey[] }) {
  return (
    <table className="journey-table">
      <thead>
        <tr>
          <th scope="col">Begun</th>
          <th scope="col">Bot</th>
          <th scope="col">Status</th>
          <th scope="col">State</th>
          <th scope="col">Took</th>
          <th scope="col">Errors</th>
        </tr>
      </thead>
      <tbody>
        {journeys.map((journey) => (
          <JourneyRow key={journey.id} journey={journey} />
        ))}
      </tbody>
    </table>
  );
}

function JourneyRow({ journey }: { readonly journey: Journey }) {
  const { id, app, bot, version, conversation, startedAt, endedAt, status, state, errors } = journey;
  return (
    <tr>
      <td data-label="Begun">
        <Link to={`/conversations/${conversation}?journey=${id}`}>
          <Moment at={startedAt} />
        </Link>
      </td>
      <td data-label="Bot">
        {bot}{' '}
        <small>
          {version !== undefined && `version ${version} · `}
          {app}
        </small>
      </td>
      <td data-label="Status">
        <Badge tone={TONES[status]}>{STATUSES[status]}</Badge>
      </td>
      <td data-label="State" className="mono">
        {state === undefined ? '' : formatState(state)}
      </td>
      <td data-label="Took">{endedAt === undefined ? '' : formatDuration(endedAt - startedAt)}</td>
      <td data-label="Errors">{errors > 0 && <Badge tone="bad">{String(errors)}</Badge>}</td>
    </tr>
  );
}
