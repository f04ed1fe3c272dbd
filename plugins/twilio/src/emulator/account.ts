import { MAGIC_SENDER } from './magic.ts';
import type { ResolvedEmulatorOptions } from './settings.ts';

/** A number of the account, with its webhooks. */
export type AccountNumber = ResolvedEmulatorOptions['numbers'][number];

/** A messaging service of the account, with its pool. */
export type AccountService = Omit<ResolvedEmulatorOptions['services'][number], 'numbers' | 'advancedOptOut'> & {
  readonly numbers: readonly string[];
  readonly advancedOptOut: boolean;
};

/** What the emulated account owns. */
export interface Account {
  number(number: string): AccountNumber | undefined;
  /** Every number, those in the pools of services as well. */
  numbers(): readonly AccountNumber[];
  service(sid: string): AccountService | undefined;
  serviceOf(number: string): AccountService | undefined;
  /** Whether the account may text from here. */
  owns(number: string): boolean;
  /** The number of the pool that texts this person: always the same with sticky sender, else each in turn. */
  senderFor(service: AccountService, person: string): string | undefined;
}

/** So many people stick to a number; beyond, the ones longest ago are forgotten. */
const MOST_STICKY = 10_000;

export function createAccount(options: ResolvedEmulatorOptions): Account {
  const numbers = new Map(options.numbers.map((number) => [number.number, number]));
  const services = new Map<string, AccountService>();
  const memberships = new Map<string, AccountService>();
  options.services.forEach((configured, index) => {
    const { numbers: pool = [poolNumber(index)], advancedOptOut = options.advancedOptOut } = configured;
    const service = { ...configured, numbers: pool, advancedOptOut };
    services.set(service.sid, service);
    for (const number of service.numbers) memberships.set(number, service);
  });
  const sticky = new Map<string, string>();
  const turns = new Map<string, number>();

  function nextInTurn(service: AccountService): string | undefined {
    const turn = turns.get(service.sid) ?? 0;
    turns.set(service.sid, turn + 1);
    return service.numbers[turn % service.numbers.length];
  }

  return {
    number: (number) => numbers.get(number),
    numbers: () => [
      ...numbers.values(),
      ...[...memberships.keys()].filter((number) => !numbers.has(number)).map((number) => ({ number })),
    ],
    service: (sid) => services.get(sid),
    serviceOf: (number) => memberships.get(number),
    owns: (number) => number === MAGIC_SENDER || numbers.has(number) || memberships.has(number),
    senderFor(service, person) {
      const key = `${service.sid}/${person}`;
      const stuck = service.stickySender ? sticky.get(key) : undefined;
      if (stuck !== undefined) return stuck;
      const number = nextInTurn(service);
      if (number !== undefined) sticky.set(key, number);
      for (const oldest of sticky.size > MOST_STICKY ? sticky.keys() : []) {
        sticky.delete(oldest);
        break;
      }
      return number;
    },
  };
}

/** A number for a service that was configured without a pool. */
function poolNumber(index: number): string {
  return `+1500555${6_000 + index}`;
}
