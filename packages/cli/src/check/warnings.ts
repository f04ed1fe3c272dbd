import type { AppWarning } from '@parley/core';
import type { BotWarning } from './bots.ts';

/** In the order of what they are about, so that those of one state stand together. */
export function sortWarnings(warnings: readonly BotWarning[]): readonly BotWarning[] {
  return [...warnings].sort((one, other) => {
    const [a, b] = [placeOf(one), placeOf(other)];
    return a < b ? -1 : Number(a > b);
  });
}

/** Sorted warnings for people: a heading for each app and bot, under it the states. */
export function describeWarnings(warnings: readonly BotWarning[]): string {
  if (warnings.length === 0) return '';
  const lines: string[] = [];
  let subject: string | undefined;
  let state: string | undefined;
  for (const warning of warnings) {
    if (subjectOf(warning) !== subject) {
      subject = subjectOf(warning);
      state = undefined;
      lines.push(subject);
    }
    if (warning.state !== state) {
      state = warning.state;
      lines.push(`  ${state}`);
    }
    const indent = state === undefined ? '  ' : '    ';
    lines.push(`${indent}${warning.message} [${warning.plugin}: ${warning.rule}]`);
    if (warning.path !== undefined) lines.push(`${indent}  after ${warning.path.join(', ')}`);
  }
  return `${[...lines, countOf(warnings.length)].join('\n')}\n\n`;
}

function countOf(count: number): string {
  return count === 1 ? '1 warning.' : `${count.toLocaleString('en-US')} warnings.`;
}

function subjectOf({ app, bot }: AppWarning): string {
  return bot === undefined ? app : `${app}/${bot.id}, version ${bot.version}`;
}

function placeOf({ app, bot, state, rule }: AppWarning): string {
  return JSON.stringify([app, bot?.id ?? '', bot?.version ?? '', state ?? '', rule]);
}
