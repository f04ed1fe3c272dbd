import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Schedule } from './schedule.ts';

const moment = fc.option(fc.nat(30), { nil: undefined });
const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), name: fc.nat(8).map(String), at: moment }),
  fc.record({ kind: fc.constant('take' as const), now: fc.nat(30), limit: fc.nat(4) }),
);

/** The same by the plainest means: a table that is sorted whenever it is asked. */
class Table {
  readonly moments = new Map<string, number>();

  set(name: string, at: number | undefined): void {
    if (at === undefined) this.moments.delete(name);
    else this.moments.set(name, at);
  }

  sorted(): readonly number[] {
    return [...this.moments.values()].sort((one, other) => one - other);
  }
}

describe('Schedule', () => {
  it('agrees with a sorted table, whatever is set and taken', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const [schedule, table] = [new Schedule(), new Table()];
        for (const action of steps) {
          if (action.kind === 'set') {
            schedule.set(action.name, action.at);
            table.set(action.name, action.at);
            continue;
          }
          const taken = schedule.take(action.now, action.limit);
          const due = table.sorted().filter((at) => at <= action.now);
          expect(taken.map((name) => table.moments.get(name))).toEqual(due.slice(0, action.limit));
          for (const name of taken) table.set(name, undefined);
          expect(schedule.next()).toBe(table.sorted()[0]);
        }
      }),
    );
  });
});
