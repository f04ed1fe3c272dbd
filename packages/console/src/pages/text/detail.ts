import type { MessageDetail } from '@parley/api';

export type Detail = MessageDetail;
export type Step = MessageDetail['history'][number];

/** Whom it goes to or comes from: a name, else a number. */
export function partnerOf({ name, theirs }: Pick<Detail, 'name' | 'theirs'>): string {
  return name ?? theirs;
}
