import type { Journey } from './document.ts';

/** A task's name among those of all journeys of a conversation; also its idempotency key. */
export function nameOf({ id }: Pick<Journey, 'id'>, task: string): string {
  return `${id}:${task}`;
}
