import type { ActorProfile, Bot, Media } from '@parley/core';
import { parseOptions } from '@parley/core';
import type { AnyEventObject } from 'xstate';
import * as z from 'zod';

/** A text that somebody may send, alone or with pictures. */
export type SampleText = string | { readonly text: string; readonly media: readonly Media[] };

/** Somebody who may text, with what is known of them. Their number is `+14155550123` unless given. */
export type SampleActor = Omit<ActorProfile, 'address'> & { readonly address?: string };

/**
 * What may come to a bot and can not be seen in its machine. Given to `explore`, or kept with the machine: in the `meta` of any state as
 * `parleySamples`, where a list stands for texts alone.
 *
 * ```ts
 * asking: { meta: { parleySamples: ['large', 'small'] }, on: { … } }
 * ```
 */
export interface Samples {
  /** Texts that people may send while the state is active; of the whole bot where it is the machine's. */
  readonly texts?: readonly SampleText[];
  /** What tasks may come to, by the names that the machine has for them: `{ findSlots: [[], ['9:00']] }`. */
  readonly tasks?: Readonly<Record<string, readonly unknown[]>>;
  /** What journeys may be started with by the API or by another bot. Of the machine only. */
  readonly data?: readonly unknown[];
  /** People who may text: what is known of them. Of the machine only. Default: somebody of whom nothing is known. */
  readonly actors?: readonly SampleActor[];
  /** Events of your own that actors outside of the machine send. */
  readonly events?: readonly AnyEventObject[];
}

const textSchema = z.union([
  z.string(),
  z.strictObject({ text: z.string(), media: z.array(z.custom<Media>((value) => typeof value === 'object')) }),
]);

export const samplesShape = {
  texts: z.array(textSchema).optional(),
  tasks: z.record(z.string(), z.array(z.unknown())).optional(),
  data: z.array(z.unknown()).optional(),
  actors: z
    .array(
      z.custom<SampleActor>(
        (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        "give what is known of somebody: { firstName: 'Ann' }",
      ),
    )
    .optional(),
  events: z
    .array(
      z.custom<AnyEventObject>(
        (value) => typeof value === 'object' && value !== null && 'type' in value,
        'an event has a type',
      ),
    )
    .optional(),
};

const metaSchema = z.union([z.array(textSchema), z.strictObject(samplesShape)]);

/**
 * The samples in the `meta` of a state; none where it has none.
 *
 * @throws `error.platform.config.malformed`
 */
export function samplesIn({ id, meta }: Pick<Bot['machine']['root'], 'id' | 'meta'>): Samples {
  if (typeof meta !== 'object' || meta === null || !('parleySamples' in meta) || meta.parleySamples === undefined)
    return {};
  const found = parseOptions(metaSchema, meta.parleySamples, `parleySamples of ${id}`);
  return (Array.isArray(found) ? { texts: found } : found) as Samples;
}

/** Several samples as one, those that come first ahead. */
export function joinSamples(all: readonly Samples[]): Samples {
  const tasks: Record<string, readonly unknown[]> = {};
  for (const [name, outputs] of all.flatMap((samples) => Object.entries(samples.tasks ?? {}))) {
    tasks[name] = [...(tasks[name] ?? []), ...outputs];
  }
  return {
    texts: all.flatMap(({ texts = [] }) => texts),
    tasks,
    data: all.flatMap(({ data = [] }) => data),
    actors: all.flatMap(({ actors = [] }) => actors),
    events: all.flatMap(({ events = [] }) => events),
  };
}
