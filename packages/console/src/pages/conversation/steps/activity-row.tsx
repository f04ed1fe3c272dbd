import type { Activity } from '@parley/api';
import { memo } from 'react';
import { Link } from 'wouter';
import { Moment } from '../../../ui/moment.tsx';
import { wordsFor } from './activity-words.ts';
import { brief } from './changes.tsx';

/** Something that happened besides steps. */
export const ActivityRow = memo(function ActivityRow({ entry }: { readonly entry: Activity }) {
  const { at, kind, bot, data, name } = entry;
  const { title, detail, tone } = wordsFor(entry);
  return (
    <div className="journal-activity" data-tone={tone}>
      <p>
        <strong>{title}</strong>{' '}
        {kind === 'resent' && name !== undefined ? (
          <Link to={`/texts/${encodeURIComponent(name)}`}>see it</Link>
        ) : (
          detail !== undefined && <span>{detail}</span>
        )}
        {kind === 'journey.started' && bot !== undefined && <span> {bot}</span>}
        {kind === 'track' && data !== undefined && <code> {brief(data)}</code>}
      </p>
      <Moment at={at} />
    </div>
  );
});
