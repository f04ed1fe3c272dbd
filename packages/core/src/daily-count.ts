import type { Clock } from './runtime.ts';
import type { MessageStore } from './storage.ts';

const DAY = 86_400_000;

/** Counts what each app has sent today (UTC): what the log says when the day or the process begins, and what was sent since. */
export class DailyCount {
  readonly #clock: Clock;
  readonly #messages: Pick<MessageStore, 'totals'>;
  readonly #counts = new Map<string, { readonly day: number; count: number }>();

  constructor(clock: Clock, messages: Pick<MessageStore, 'totals'>) {
    this.#clock = clock;
    this.#messages = messages;
  }

  /**
   * Counts one message, unless the app has sent its day's worth.
   *
   * @returns what takes it back if it was not sent after all; `undefined` when the day is full.
   */
  async take(app: string, limit: number): Promise<(() => void) | undefined> {
    const today = await this.#today(app);
    if (today.count >= limit) return undefined;
    today.count += 1;
    return () => {
      today.count -= 1;
    };
  }

  async #today(app: string): Promise<{ count: number }> {
    const day = Math.floor(this.#clock.now() / DAY);
    const known = this.#counts.get(app);
    if (known?.day === day) return known;
    const since = day * DAY;
    const totals = await this.#messages.totals({ app, since, until: since + DAY });
    const count = totals
      .filter(({ direction, status }) => direction === 'outbound' && (status === 'sent' || status === 'delivered'))
      .reduce((sum, total) => sum + total.count, 0);
    // Somebody else may have asked at the same time.
    const before = this.#counts.get(app);
    if (before?.day === day) return before;
    const counted = { day, count };
    this.#counts.set(app, counted);
    return counted;
  }
}
