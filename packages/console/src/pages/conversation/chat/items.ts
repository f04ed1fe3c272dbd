import type { Message } from '@parley/api';

/** What stands in a transcript, from top to bottom. */
export type Item =
  | { readonly kind: 'older'; readonly key: 'older' }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'text'; readonly key: string; readonly message: Message };

/** Texts, oldest first, with their days between them. */
export function itemsOf(messages: readonly Message[], hasOlder: boolean): readonly Item[] {
  const items: Item[] = hasOlder ? [{ kind: 'older', key: 'older' }] : [];
  let day = '';
  for (const message of messages) {
    const its = new Date(message.at).toDateString();
    if (its !== day) items.push({ kind: 'day', key: `day ${its}`, at: message.at });
    day = its;
    items.push({ kind: 'text', key: message.id, message });
  }
  return items;
}
