import { SegmentedMessage } from 'sms-segments-calculator';

/** What one segment costs. */
export interface Price {
  readonly perSegment: number;
  /** ISO 4217: `USD`. */
  readonly currency: string;
}

/** How a text travels, as carriers bill it. */
export interface Measure {
  /** GSM-7 has 160 characters in a lone segment and 153 in each of several; UCS-2, for all that is not in GSM 03.38, 70 and 67. */
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** 0 for an empty text. */
  readonly segments: number;
  /** As people count them: a flag or a family is one. */
  readonly characters: number;
  /** The characters that keep a text from GSM-7, each once. */
  readonly costly: readonly string[];
  /** Present when a price is given. */
  readonly cost?: { readonly amount: number; readonly currency: string };
}

/** Measures a text before it is sent. Pictures are billed apart. */
export function measure(text: string, price?: Price): Measure {
  const { encodingName, segmentsCount, graphemes, encodedChars } = new SegmentedMessage(text);
  const costly = encodingName === 'GSM-7' ? [] : encodedChars.filter(({ isGSM7 }) => !isGSM7).map(({ raw }) => raw);
  return {
    encoding: encodingName,
    segments: text === '' ? 0 : segmentsCount,
    characters: graphemes.length,
    costly: [...new Set(costly)],
    ...(price === undefined ? {} : { cost: costOf(text === '' ? 0 : segmentsCount, price) }),
  };
}

function costOf(segments: number, { perSegment, currency }: Price): NonNullable<Measure['cost']> {
  // Without the noise of binary fractions; a ten-thousandth of a cent is nobody's money.
  return { amount: Math.round(segments * perSegment * 1e6) / 1e6, currency };
}

/**
 * A text with curly quotes, dashes and other typographic characters made plain, if that brings all of it into GSM-7; otherwise as it
 * is, because it would gain nothing. The characters are those of Twilio's smart encoding.
 */
export function plainText(text: string): string {
  if (new SegmentedMessage(text).encodingName === 'GSM-7') return text;
  const plain = new SegmentedMessage(text, 'auto', true);
  return plain.encodingName === 'GSM-7' ? plain.graphemes.join('') : text;
}
