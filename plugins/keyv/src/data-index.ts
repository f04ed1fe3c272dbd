import { dataName } from './cell.ts';
import { Schedule } from './schedule.ts';

interface Place {
  readonly namespace: string;
  readonly key: string;
}

/** Which keys each namespace has, and when they run out. */
export class DataIndex {
  readonly #keys = new Map<string, Set<string>>();
  readonly #places = new Map<string, Place>();
  readonly #expiry = new Schedule();

  put(namespace: string, key: string, expiresAt: number | undefined): void {
    const name = dataName(namespace, key);
    const keys = this.#keys.get(namespace) ?? new Set();
    this.#keys.set(namespace, keys.add(key));
    this.#expiry.set(name, expiresAt);
    if (expiresAt === undefined) this.#places.delete(name);
    else this.#places.set(name, { namespace, key });
  }

  remove(namespace: string, key: string): void {
    const name = dataName(namespace, key);
    this.#keys.get(namespace)?.delete(key);
    this.#places.delete(name);
    this.#expiry.set(name, undefined);
  }

  keys(namespace: string): readonly string[] {
    return [...(this.#keys.get(namespace) ?? [])];
  }

  namespaces(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** Up to `limit` keys that have run out, earliest first. */
  expired(now: number, limit: number): readonly Place[] {
    return this.#expiry.take(now, limit).flatMap((name) => this.#places.get(name) ?? []);
  }
}
