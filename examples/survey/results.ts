import type { ActivityRecord, CommandContext, Organization, Plugin } from '@parley/core';

/** The newest comments that are shown. */
const COMMENTS_SHOWN = 10;

/** What one person has answered. */
export interface Answer {
  readonly score: number;
  readonly comment?: string;
}

/** Adds the command `parley survey results`. While a server runs on SQLite its file is in use: stop it, or read the results over the API. */
export function results(): Plugin {
  return {
    name: 'survey',
    commands: {
      results: {
        usage: '',
        summary: 'How many have answered what, and the newest comments',
        async run(_, context: CommandContext) {
          // Opens the storage, whose activity has what the bot has tracked.
          await context.data();
          context.output.write(inWords(await answersIn(context.organization)));
          return 0;
        },
      },
    },
  };
}

/** All answers, the newest first. */
export async function answersIn({ storage }: Pick<Organization, 'storage'>): Promise<readonly Answer[]> {
  const journeys = new Map<string, Partial<Answer>>();
  for await (const { journey, data } of trackedIn(storage)) {
    if (journey !== undefined) journeys.set(journey, { ...journeys.get(journey), ...(data as Partial<Answer>) });
  }
  return [...journeys.values()].filter((answer): answer is Answer => answer.score !== undefined);
}

async function* trackedIn({ activity }: Organization['storage']): AsyncGenerator<ActivityRecord> {
  let cursor: string | undefined;
  do {
    const page = await activity.list({ app: 'survey', kinds: ['track'], limit: 500, ...(cursor && { cursor }) });
    yield* page.activity;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** The answers as a table, with the mean and the newest comments. */
export function inWords(answers: readonly Answer[]): string {
  if (answers.length === 0) return 'Nobody has answered yet.\n';
  const mean = answers.reduce((sum, { score }) => sum + score, 0) / answers.length;
  const rows = [5, 4, 3, 2, 1].map((score) => {
    const count = answers.filter((answer) => answer.score === score).length;
    return `  ${score}  ${'█'.repeat(Math.round((30 * count) / answers.length))} ${count}`;
  });
  const comments = answers.filter(({ comment }) => comment !== undefined).slice(0, COMMENTS_SHOWN);
  return [
    `${answers.length} ${answers.length === 1 ? 'answer' : 'answers'}, ${mean.toFixed(1)} on average`,
    ...rows,
    ...comments.map(({ score, comment }) => `  ${score}: ${oneLine(comment ?? '')}`),
    '',
  ].join('\n');
}

/** Without what would steer a terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
