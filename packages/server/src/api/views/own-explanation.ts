import { type Explanation, errorRegistry } from '@parley/core';

/** A sentence with more gaps than this says nothing without what was in them. */
const MOST_GAPS = 2;

/**
 * What one of our own codes means, of a text that failed without a provider: what the registry says, without the values of the
 * one time it happened.
 */
export function ownExplanation(code: string): Pick<Explanation, 'meaning' | 'advice'> | undefined {
  if (!Object.hasOwn(errorRegistry, code)) return undefined;
  const { message } = errorRegistry[code as keyof typeof errorRegistry];
  const [meaning = '', ...advice] = message.replaceAll(/\{\w+\}/g, '…').split(/(?<=[.!?]) (?=[A-Z])/);
  if (meaning.split('…').length - 1 > MOST_GAPS) return undefined;
  return { meaning, advice: advice.join(' ') };
}
