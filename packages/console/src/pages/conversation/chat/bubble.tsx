import type { Message } from '@parley/api';
import { memo } from 'react';
import { Link } from 'wouter';
import { formatClock, formatPrecise } from '../../../lib/format.ts';
import { originKind, originName } from '../../../lib/origin.ts';
import { withoutCode } from '../../../lib/without-code.ts';
import { StatusBadge } from '../../../ui/badge.tsx';
import { MediaList } from './media.tsx';

/** A text: ours on the right with what became of it, theirs on the left. */
export const Bubble = memo(function Bubble({ message }: { readonly message: Message }) {
  const { id, direction, text, redacted, at, status, error, deferred } = message;
  const isOurs = direction === 'outbound';
  const speaker = `${originKind(message)} ${originName(message)}`;
  return (
    <article className="bubble" data-ours={isOurs || undefined} aria-label={isOurs ? `We: ${speaker}` : 'They'}>
      <div className="bubble-body" data-failed={status === 'failed' || undefined}>
        {redacted ? <em>The app keeps its texts to itself.</em> : text !== '' && <p>{text}</p>}
        <MediaList message={message} />
      </div>
      <p className="bubble-meta">
        {isOurs && <span>{speaker}</span>}
        <Link to={`/texts/${encodeURIComponent(id)}`} title={`${formatPrecise(at)}: all that is known of this text`}>
          <time dateTime={new Date(at).toISOString()}>{formatClock(at)}</time>
        </Link>
        {isOurs && <StatusBadge status={status} deferred={deferred !== undefined} />}
      </p>
      {isOurs && error !== undefined && (
        <p className="bubble-error">
          {withoutCode(error.reason)} <code>{error.code}</code>
        </p>
      )}
      {deferred?.reason !== undefined && <p className="bubble-note">{withoutCode(deferred.reason)}</p>}
    </article>
  );
});
