import { SegmentedMessage } from 'sms-segments-calculator';
import type { Rule } from './finding.ts';

/** What is wrong with a text. */
export interface TextProblem {
  readonly rule: Rule;
  readonly message: string;
}

export interface TextLimits {
  /** Segments. */
  readonly segments: number;
  readonly splitsLongTexts: boolean;
}

/** What Parley takes in one message, as providers do. */
const LONGEST = 1600;

/** Looks at a text as it would leave. */
export function problemsOf(text: string, hasMedia: boolean, limits: TextLimits): readonly TextProblem[] {
  if (text.trim() === '') {
    return hasMedia
      ? []
      : [
          {
            rule: 'empty-text',
            message: 'A text without words is said, which fails. Put something into it, or say nothing.',
          },
        ];
  }
  return [...placeholders(text), ...tooLong(text, limits)];
}

function placeholders(text: string): readonly TextProblem[] {
  const found = /\bundefined\b|\bNaN\b|\[object \w+\]|\bInvalid Date\b/.exec(text)?.[0];
  if (found === undefined) return [];
  return [
    {
      rule: 'placeholder',
      message: `${quoted(text)} says ${found}. Give it a value, or say it in other words where there is none.`,
    },
  ];
}

function tooLong(text: string, { segments: limit, splitsLongTexts }: TextLimits): readonly TextProblem[] {
  if (text.length > LONGEST && !splitsLongTexts) {
    return [
      {
        rule: 'too-long',
        message: `${quoted(text)} has ${text.length} characters, and 1,600 are the most: it fails. Say it shorter, in several texts, or with longTexts: 'split' in the app.`,
      },
    ];
  }
  // Measuring takes its time, and no encoding needs a second segment for this few.
  if (text.length <= 70) return [];
  const { encodingName, segmentsCount, encodedChars } = new SegmentedMessage(text);
  if (segmentsCount <= limit) return [];
  const costly = encodedChars.filter(({ isGSM7 }) => !isGSM7).map(({ raw }) => raw);
  const because =
    encodingName === 'GSM-7'
      ? `160 characters fit into one`
      : `70 characters fit into one because of ${[...new Set(costly)].slice(0, 3).join(' ')}`;
  return [
    {
      rule: 'segments',
      message: `${quoted(text)} takes ${segmentsCount} segments, and each is billed: ${because}. Say it shorter, or ignore this rule where it is worth it.`,
    },
  ];
}

const QUOTED = 40;

/** As much of a text as it takes to find it. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > QUOTED ? `${line.slice(0, QUOTED - 1).trimEnd()}…` : line}”`;
}
