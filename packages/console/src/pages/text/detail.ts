import type { MessageDetail } from '@parley/api';

export type Detail = MessageDetail;
export type Step = MessageDetail['history'][number];

/** Whom it goes to or comes from: a name, else a number. */
export function partnerOf({ name, theirs }: Pick<Detail, 'name' | 'theirs'>): string {
  return name ?? theirs;
}

/** Sentences of our own errors end with their code, which stands beside them anyway. */
export function withoutCode(reason: string): string {
  return reason.replace(/\s*\[error\.[\w.-]+\]$/, '');
}
