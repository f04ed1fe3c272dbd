import type { Media, MessageReceived } from '@parley/core';
import type { Problem } from '../parsers/parser.ts';
import { isOneOf } from '../question/commands.ts';
import type { SampleText } from '../question/samples.ts';
import type { Waiting } from '../question/waiting.ts';
import type { MediaOptions } from './options.ts';

/** What is collected. */
export interface Requirements {
  readonly min: number;
  readonly max: number;
  readonly accept: readonly string[];
  readonly maxSize: number;
  readonly done: readonly string[];
}

const DONE = ['done', 'finished', 'ready', 'that is all', "that's all"];

export function requirementsOf(options: MediaOptions<unknown>): Requirements {
  const { min = 1, max = 10, accept = ['image/*'], maxSize = Number.POSITIVE_INFINITY, done = DONE } = options;
  return { min, max, accept, maxSize, done };
}

/** A medium that is taken, and that there are no more. */
export function examplesOf({ accept: [type = 'image/*'], done: [done = ''] }: Requirements): readonly SampleText[] {
  const contentType = type.startsWith('image/') ? type.replace('*', 'jpeg') : type.replace('*', 'example');
  return [{ text: '', media: [{ url: 'https://example.com/sample', contentType }] }, done];
}

/** What was collected, and when the last of it came. */
export interface Collected {
  readonly media: readonly Media[];
  readonly at: number;
}

export const nothingYet: Collected = { media: [], at: 0 };

export function collectedIn({ more }: Waiting): Collected {
  return more as Collected;
}

/** What came, put to what there was before. */
export interface Sorted {
  readonly media: readonly Media[];
  /** Whether anything was taken. */
  readonly isMore: boolean;
  /** Whether there is no need to wait for more. */
  readonly isEnough: boolean;
  /** What is wrong with what was not taken, or with a text that is no medium. */
  readonly problem?: Problem;
}

/** Takes of what came what fits. What is too many is not missed. */
export function sorted(context: Waiting, event: MessageReceived, requirements: Requirements): Sorted {
  const { min, max, done } = requirements;
  const { media: before } = collectedIn(context);
  const { fitting, problem } = fittingOf(event.media, requirements);
  const media = [...before, ...fitting].slice(0, max);
  const isDone = isOneOf(event.text, done);
  const isMore = media.length > before.length;
  const isEnough = media.length >= max || (isDone && media.length >= min);
  const lacks: Problem = isDone
    ? { code: 'too-few-media', details: { min, count: media.length } }
    : { code: 'no-media' };
  const wrong = problem ?? (isMore ? undefined : lacks);
  return { media, isMore, isEnough, ...(wrong === undefined ? {} : { problem: wrong }) };
}

function fittingOf(
  came: readonly Media[],
  { accept, maxSize }: Requirements,
): { readonly fitting: readonly Media[]; readonly problem?: Problem } {
  const ofType = came.filter(
    ({ contentType }) => contentType === undefined || accept.some((type) => isOfType(contentType, type)),
  );
  const fitting = ofType.filter(({ size = 0 }) => size <= maxSize);
  if (ofType.length < came.length) return { fitting, problem: { code: 'wrong-type', details: { accept } } };
  if (fitting.length < ofType.length) return { fitting, problem: { code: 'too-large', details: { maxSize } } };
  return { fitting };
}

function isOfType(contentType: string, accepted: string): boolean {
  const type = contentType.toLowerCase().split(';')[0]?.trim() ?? '';
  return accepted.endsWith('/*') ? type.startsWith(accepted.slice(0, -1)) : type === accepted;
}
