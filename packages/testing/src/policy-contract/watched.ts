import { isDeepStrictEqual } from 'node:util';
import { errorRegistry, type OutboundView, type Plugin, personOf, type Verdict } from '@parley/core';

/** A plugin under watch: whatever it says of a message is held against what every policy has to hold. */
export interface Watched {
  readonly plugin: Plugin;
  /** What it has said that it should not have; empty when it is right. */
  readonly faults: readonly string[];
  /** How often it was asked whether a message may leave. */
  readonly asked: number;
}

/** Texts shorter than this are found in sentences by chance. */
const SHORTEST_SECRET = 5;

/** No story has so many messages, nor waits so long, that a policy has to be asked more often. */
const MOST_QUESTIONS = 5_000;

const GIVEN_UP: Verdict = { kind: 'deny', code: 'contract.broken', reason: 'The policy has broken its contract.' };

/**
 * Puts a plugin under watch.
 *
 * @param times how often it is asked each time: to the same question the answer is the same.
 * @param faults where faults are put, behind those of processes before it.
 */
export function watch(plugin: Plugin, codes: readonly string[], times: number, faults: string[]): Watched {
  let asked = 0;

  async function repeatedly<Answer>(hook: string, ask: () => Answer | Promise<Answer>): Promise<Answer> {
    const first = await ask();
    for (let again = 1; again < times; again++) {
      const next = await ask();
      if (!isDeepStrictEqual(next, first)) faults.push(`${hook} says something else when it is asked again`);
    }
    return first;
  }

  const checkOutbound = async (view: OutboundView): Promise<Verdict | undefined> => {
    asked += 1;
    const verdict = await repeatedly('checkOutbound', () => plugin.checkOutbound?.(view));
    faults.push(...faultsOf(verdict, view, codes));
    if (asked > MOST_QUESTIONS) faults.push('it is asked all the time, as it never has a message wait for long');
    // It has failed already; weeks in which it is asked every second would take long to find out no more.
    return faults.length > 0 && verdict?.kind === 'defer' ? GIVEN_UP : verdict;
  };
  const rewriteOutbound = (text: string, view: OutboundView) =>
    repeatedly('rewriteOutbound', () => plugin.rewriteOutbound?.(text, view) ?? text);

  const hooks = { checkOutbound, rewriteOutbound };
  return {
    // Not a copy: a plugin may be of a class, and hold its methods and its secrets there.
    plugin: new Proxy(plugin, {
      get(target, name) {
        const value = Reflect.get(target, name, target);
        if (value === undefined) return undefined;
        if (Object.hasOwn(hooks, name)) return hooks[name as keyof typeof hooks];
        return typeof value === 'function' ? value.bind(target) : value;
      },
    }),
    get faults() {
      return faults;
    },
    get asked() {
      return asked;
    },
  };
}

/** What is wrong with a verdict, whatever it is about. */
export function faultsOf(
  verdict: Verdict | undefined,
  { message, record, now }: OutboundView,
  codes: readonly string[],
): readonly string[] {
  if (verdict === undefined) return [];
  const { kind, code, reason, rule, data } = verdict;
  const faults: string[] = [];
  if (code === undefined ? kind !== 'allow' : !codes.includes(code)) faults.push(`${code} is none of its codes`);
  if (code?.startsWith('error.platform.') && !Object.hasOwn(errorRegistry, code))
    faults.push(`${code} is no code of Parley`);
  if (kind === 'defer' && !(Number.isFinite(verdict.until) && verdict.until > now))
    faults.push(`${code} defers a message to a moment that is none or has passed`);
  if (kind === 'deny' && !reason) faults.push(`${code} gives no reason`);
  const words = [code, reason, rule, data].join('\n');
  const secrets = [personOf(message.to).replace('+', ''), message.text, record.text];
  for (const secret of secrets.filter(({ length }) => length >= SHORTEST_SECRET))
    if (words.includes(secret)) faults.push(`${code} repeats a number or a text in what it says`);
  return faults;
}
