import type { PersonFacts } from '@parley/api';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Card } from '../../ui/page.tsx';
import './known.css';

/** A sign for each tone, so that colour is not all that tells. */
const SIGNS = {
  good: { icon: 'check', words: 'Good news:' },
  bad: { icon: 'warning', words: 'Take care:' },
  neutral: { icon: 'list', words: '' },
} as const satisfies Record<string, { icon: IconName; words: string }>;

/** What a plugin knows of a person. */
export function Known({ known: { title, facts } }: { readonly known: PersonFacts }) {
  return (
    <Card title={title}>
      <ul className="known">
        {facts.map(({ label, value, at, tone = 'neutral' }) => (
          <li key={`${label} ${value}`} data-tone={tone}>
            <Icon name={SIGNS[tone].icon} size={16} />
            <span className="visually-hidden">{SIGNS[tone].words}</span>
            <span className="known-label">{label}</span>
            <span className="known-value">{value}</span>
            {at !== undefined && (
              <span className="known-since">
                since <Moment at={at} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
