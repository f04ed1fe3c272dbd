import { type Media, setupBot } from '@parley/core';
import type { Dialog, DialogInput } from '../dialog.ts';
import { seconds } from '../durations.ts';
import { requireOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { askingAgain, attemptsFor, failureWays } from '../question/again.ts';
import { commandWays } from '../question/commands.ts';
import { openings } from '../question/opening.ts';
import { resumptions } from '../question/resuming.ts';
import { sampledWith } from '../question/samples.ts';
import { silenceOf } from '../question/silence.ts';
import { atFirst, sayingWith, type Waiting } from '../question/waiting.ts';
import { joined, type Phrase } from '../words.ts';
import type { MediaOptions } from './options.ts';
import { type Collected, collectedIn, examplesOf, nothingYet, type Requirements, requirementsOf } from './sorting.ts';
import { doneInSilence, mediaWays } from './ways.ts';

/**
 * Collects pictures, or other media, until there are enough or they text DONE. Who has sent enough and then keeps silent is done, too.
 *
 * ```ts
 * const damage = collectMedia({ prompt: 'Please send pictures of the damage, and DONE when that is all.', max: 5 });
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function collectMedia<Data = unknown>(
  options: MediaOptions<Data>,
): Dialog<readonly Media[], DialogInput<Data>, { readonly media: readonly Media[] }> {
  requireOptions('collectMedia', options);
  return machineOf(options as unknown as MediaOptions<unknown>) as never;
}

function machineOf(options: MediaOptions<unknown>) {
  const { id = 'media', prompt, media = [], attempts = attemptsFor(prompt), problems, commands = {} } = options;
  const { pause = seconds(5), received } = options;
  const requirements = requirementsOf(options);
  const saying = sayingWith(problems);
  const again = askingAgain(prompt, attempts, saying);
  const silence = silenceOf(options, prompt, saying);
  const on = {
    'message.received': [...commandWays(commands, saying), ...mediaWays(requirements, again)],
    'message.failed': failureWays(again),
    'conversation.resumed': resumptions(prompt, attempts, saying),
  };
  const meta = sampledWith(examplesOf(requirements), commands);
  return setupBot({
    types: { context: {} as Waiting, input: {} as DialogInput, output: {} as ReturnType<typeof withMedia> },
    delays: { silence: ({ context }) => silence.wait(context), pause },
  }).createMachine({
    id,
    context: ({ input }) => atFirst({ ...input, more: nothingYet }),
    initial: 'opening',
    states: {
      opening: { always: openings(prompt, media, saying) },
      waiting: {
        meta,
        on,
        after: { silence: [...silence.reminding, doneInSilence(requirements), silence.givingUp] },
      },
      // Phones send pictures one by one, and nobody wants an answer to each.
      receiving: {
        // Of one that is enough nobody waits for more.
        meta: { ...meta, parleyIgnore: requirements.max === 1 ? ['unreached'] : [] },
        on,
        after: { pause: { target: 'waiting', actions: saying(soFar(received, requirements)) } },
      },
      answered: { type: 'final' },
      noAnswer: { type: 'final' },
      gaveUp: { type: 'final' },
    },
    output: ({ context }) => withMedia(context),
  });
}

/** How many there are, behind what was wrong with others. */
function soFar(received: MediaOptions<unknown>['received'], { min, max, done }: Requirements): Phrase {
  return (wording) => {
    const { media } = (wording as typeof wording & { readonly more: Collected }).more;
    const count = media.length;
    const missing = count < min ? `Please send at least ${min}.` : `Send more, or text ${done[0]?.toUpperCase()}.`;
    return joined(wording.sorry, received?.({ ...wording, count, max }) ?? `Got ${count}. ${missing}`);
  };
}

/** A dialog that came to nothing has what was sent. */
function withMedia(context: Waiting): Outcome<readonly Media[], { readonly media: readonly Media[] }> {
  const outcome = context.outcome as Outcome<readonly Media[]>;
  return outcome.kind === 'answered' ? outcome : { ...outcome, media: collectedIn(context).media };
}
