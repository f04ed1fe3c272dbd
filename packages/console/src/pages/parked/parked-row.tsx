import type { ConversationSummary } from '@parley/api';
import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../lib/api.ts';
import { formatMoment, formatPrecise, formatState } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { withoutCode } from '../../lib/without-code.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Failure, Loading } from '../../ui/states.tsx';

interface ParkedRowProps {
  readonly conversation: ConversationSummary;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

/** One conversation in which something is parked; opened it says what and why. */
export function ParkedRow({ conversation, chosen, onChoose }: ParkedRowProps) {
  const { id, app, name, theirs, journey, halted, parked } = conversation;
  const [open, setOpen] = useState(false);
  const person = name ?? theirs;
  return (
    <li className="parked-row">
      <div className="parked-row-head">
        {useMay('operator') && (
          <input
            type="checkbox"
            aria-label={`Choose the conversation with ${person}`}
            checked={chosen}
            onChange={(event) => onChoose(event.target.checked)}
          />
        )}
        <span className="parked-row-who">
          <Link to={`/conversations/${id}`}>{person}</Link>
          <small>
            {app}
            {journey !== undefined && ` · ${journey.bot} ${journey.version} · ${formatState(journey.state)}`}
          </small>
        </span>
        {halted !== undefined && <Badge tone="bad">Stands still</Badge>}
        <Badge tone="warn">{parked === 1 ? '1 parked' : `${parked} parked`}</Badge>
        <Button tone="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'Why'}
        </Button>
      </div>
      {open && <Reasons id={id} />}
    </li>
  );
}

function Reasons({ id }: { readonly id: string }) {
  const { data, error } = useApi('GET /conversations/:conversation', { params: { conversation: id } });
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  return (
    <ol className="parked-reasons">
      {data.halted !== undefined && (
        <li>
          <p>
            The whole conversation stands still since{' '}
            <time dateTime={new Date(data.halted.at).toISOString()} title={formatPrecise(data.halted.at)}>
              {formatMoment(data.halted.at)}
            </time>
            .
          </p>
          <p>{withoutCode(data.halted.reason)}</p>
          <code>{data.halted.code}</code>
        </li>
      )}
      {data.parked.map(({ id: event, at, what, code, reason, bot }) => (
        <li key={event}>
          <p>
            A {what === 'text' ? 'text' : what}
            {bot !== undefined && ` for ${bot}`},{' '}
            <time dateTime={new Date(at).toISOString()} title={formatPrecise(at)}>
              {formatMoment(at)}
            </time>
          </p>
          <p>{withoutCode(reason)}</p>
          <code>{code}</code>
        </li>
      ))}
    </ol>
  );
}
