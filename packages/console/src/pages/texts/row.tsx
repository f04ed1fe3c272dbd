import type { Message } from '@parley/api';
import { memo } from 'react';
import { Link } from 'wouter';
import { formatPrecise } from '../../lib/format.ts';
import { originKind, originName } from '../../lib/origin.ts';
import { withoutCode } from '../../lib/without-code.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import './row.css';

/** One text on a line, or on two where there is little room. All of it is a link to the text. */
export const Row = memo(function Row({ message, showApp }: { readonly message: Message; readonly showApp: boolean }) {
  const { id, at, direction, name, theirs, app, status, deferred } = message;
  const inbound = direction === 'inbound';
  return (
    <Link to={`/texts/${id}`} className="text-row">
      <span className="text-row-time">
        <Moment at={at} />
      </span>
      <span className="text-row-direction" data-direction={direction} title={inbound ? 'In' : 'Out'}>
        <Icon name={inbound ? 'in' : 'out'} size={16} />
        <span className="visually-hidden">{inbound ? 'In, from' : 'Out, to'}</span>
      </span>
      <span className="text-row-person" title={theirs}>
        {name ?? theirs}
      </span>
      <Words message={message} />
      <span className="text-row-status">
        <StatusBadge status={status} deferred={deferred !== undefined} />
        <Why message={message} />
      </span>
      {showApp && (
        <span className="text-row-app" title={app}>
          {app}
        </span>
      )}
      <span className="text-row-origin" title={`${originKind(message)} ${originName(message)}`}>
        {inbound ? '' : originName(message)}
      </span>
    </Link>
  );
});

/** One line of what was said. */
function Words({ message: { text, redacted, media } }: { readonly message: Message }) {
  if (redacted) return <span className="text-row-text text-row-none">Kept confidential</span>;
  const files = media.length === 0 ? '' : media.length === 1 ? '1 file' : `${media.length} files`;
  return (
    <span className="text-row-text" title={text}>
      {files !== '' && <span className="text-row-files">{files}</span>}
      {text}
    </span>
  );
}

/** Until when it waits, or what went wrong. */
function Why({ message: { error, deferred } }: { readonly message: Message }) {
  if (error !== undefined) {
    return (
      <span className="text-row-code" title={`${error.code}: ${withoutCode(error.reason)}`}>
        {shortCode(error.code)}
      </span>
    );
  }
  if (deferred === undefined) return null;
  const { until, code, reason, policy } = deferred;
  return (
    <span
      className="text-row-code"
      title={[policy, code, reason && withoutCode(reason), until && `until ${formatPrecise(until)}`]
        .filter(Boolean)
        .join(' · ')}
    >
      {until === undefined ? shortCode(code ?? policy) : <Moment at={until} relative />}
    </span>
  );
}

/** Of a code of ours the part that differs: the whole one is where one points at it. */
function shortCode(code: string): string {
  return code.replace(/^error\.platform\./, '');
}
