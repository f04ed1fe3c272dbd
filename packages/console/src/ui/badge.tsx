import type { Message } from '@parley/api';
import './badge.css';

type Status = Message['status'];

const WORDS: Readonly<Record<Status, { readonly word: string; readonly tone: string }>> = {
  received: { word: 'Received', tone: 'neutral' },
  pending: { word: 'Pending', tone: 'busy' },
  sent: { word: 'Sent', tone: 'warn' },
  delivered: { word: 'Delivered', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
};

/** What became of a text, in a word and a colour. */
export function StatusBadge({ status, deferred = false }: { readonly status: Status; readonly deferred?: boolean }) {
  const { word, tone } = deferred ? { word: 'Deferred', tone: 'warn' } : WORDS[status];
  return <Badge tone={tone}>{word}</Badge>;
}

export function Badge({ tone = 'neutral', children }: { readonly tone?: string; readonly children: string }) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  );
}
