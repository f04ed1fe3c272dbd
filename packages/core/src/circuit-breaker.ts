import type { Clock } from './runtime.ts';

/** So many failures in a row are an outage. */
const FAILURES = 5;

/** For how long nobody asks a provider that is out; doubles with every try that fails, up to the longest. In milliseconds. */
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 5 * 60_000;

/**
 * Keeps sends back while a provider is out, so that an outage costs no attempts and the provider is not run over when it comes
 * back.
 *
 * - closed: everybody may send; failures in a row are counted.
 * - open: nobody may until a moment.
 * - half open: after that moment one may try. Its success closes, its failure opens for twice as long.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  #failures = 0;
  #pause = FIRST_PAUSE;
  #openUntil: number | undefined;
  #isTrying = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long to wait before sending, in milliseconds; `undefined` to send now. Who sends says how it went. */
  wait(): number | undefined {
    if (this.#openUntil === undefined) return undefined;
    const left = this.#openUntil - this.#clock.monotonic();
    if (left > 0) return left;
    if (this.#isTrying) return FIRST_PAUSE;
    this.#isTrying = true;
    return undefined;
  }

  /** The provider has answered, whatever it said. */
  answered(): void {
    this.#failures = 0;
    this.#pause = FIRST_PAUSE;
    this.#openUntil = undefined;
    this.#isTrying = false;
  }

  /** The provider was not there, or failed on its side. @returns whether this opened the circuit. */
  failed(): boolean {
    this.#failures += 1;
    if (this.#openUntil === undefined && this.#failures < FAILURES) return false;
    // Others that were on their way when it opened say nothing new.
    if (this.#openUntil !== undefined && !this.#isTrying) return false;
    this.#openUntil = this.#clock.monotonic() + this.#pause;
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
    this.#isTrying = false;
    return true;
  }

  /** Everybody waits, because the provider asked for it. */
  pause(milliseconds: number): void {
    const until = this.#clock.monotonic() + milliseconds;
    this.#openUntil = Math.max(this.#openUntil ?? 0, until);
    this.#isTrying = false;
  }
}
