import type { Message } from '@parley/api';
import { useApi } from '../../lib/api.ts';
import { formatMoment, formatPrecise } from '../../lib/format.ts';
import { useLive } from '../../lib/live.ts';
import { useRefresh } from '../../lib/refresh.ts';
import { Failure, Loading } from '../../ui/states.tsx';
import { useEnd } from './use-end.ts';

/** How much of what was said is enough to answer by. */
const SHOWN = 12;

/** What was said last in a conversation, as it goes on. */
export function Exchange({ conversation }: { readonly conversation: string }) {
  const asked = { query: { conversation, limit: SHOWN } };
  const { data, error } = useApi('GET /messages', asked);
  const refresh = useRefresh(['GET /messages', asked], 500);
  useLive({ conversation }, refresh);
  const end = useEnd<HTMLOListElement>(data?.messages[0]?.id);
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  return (
    <ol className="exchange" aria-label="What was said last" {...end}>
      {[...data.messages].reverse().map((message) => (
        <Said key={message.id} message={message} />
      ))}
    </ol>
  );
}

function Said({ message: { direction, text, redacted, media, at, origin, status } }: { readonly message: Message }) {
  const who = direction === 'inbound' ? 'They' : origin.kind === 'person' ? origin.name : 'Bot';
  const isBad = status === 'failed';
  return (
    <li data-direction={direction}>
      <p>{redacted ? 'Kept confidential' : text || `${media.length} picture${media.length === 1 ? '' : 's'}`}</p>
      <small>
        {who} ·{' '}
        <time dateTime={new Date(at).toISOString()} title={formatPrecise(at)}>
          {formatMoment(at)}
        </time>
        {isBad && ' · failed'}
      </small>
    </li>
  );
}
