/** What a law asks for in one place, as it was read on the pages that are named with it. */
export interface Rule {
  /** US states and territories by two letters (`FL`), countries by the three of ISO 3166 (`USA`, `CAN`). */
  readonly place: string;
  readonly name: string;
  /** Local time at the recipient. */
  readonly hours: Hours;
  /** The categories of messages that it is about. */
  readonly covers: readonly CoveredCategory[];
  /** Days without texts, besides what `date-holidays` has as public or bank holidays of the place. Absent: holidays are days like others. */
  readonly holidays?: readonly HolidayRule[];
  readonly frequencyCap?: FrequencyCap;
  /** What the law has for automated or prerecorded calls or a special class of callers, where that is narrower: profile `strict`. */
  readonly strict?: { readonly hours: Hours; readonly frequencyCap?: FrequencyCap };
  /** The first local day on which it holds; until then the federal rule alone does. */
  readonly from?: string;
  /** The time zone that the law names, whatever clock the recipient has. */
  readonly timeBasis?: string;
  /** Telemarketing is banned while an emergency is declared. */
  readonly emergencyBan?: boolean;
  /** As far as was seen it does not bind what is sent with prior express consent. */
  readonly consentExempt?: boolean;
  /** It presumes that a person lives where their area code is. */
  readonly areaCodePresumption?: boolean;
  /** Whether it is about texts at all: `true` it names them, `false` it is limited to voice, `null` that is not settled. */
  readonly coversTexts: boolean | null;
  readonly coversTextsBasis?: string;
  readonly confidence: Confidence;
  /** The page that it rests on. */
  readonly source: string;
  readonly further: readonly string[];
  readonly notes: string;
}

/**
 * From inclusive, to exclusive, as `08:00-21:00`; `null`: nothing on such a day. Sundays are apart, and so are Saturdays.
 */
export interface Hours {
  readonly weekday: string | null;
  readonly saturday: string | null;
  readonly sunday: string | null;
}

/** So many messages to one person in any span of so many hours. */
export interface FrequencyCap {
  readonly max: number;
  readonly perHours: number;
  /** What the law counts together. */
  readonly scope?: string;
}

/** A day that comes again, by the grammar of `date-holidays`: `3rd monday in January`. */
export interface HolidayRule {
  readonly name: string;
  readonly rule: string;
}

/** `high`: the text of the law or an authoritative summary was read; `low`: a vendor's table, or nothing found. */
export type Confidence = 'high' | 'medium' | 'low';

/** What rules can be about. Emergencies are bound by none; a conversational text counts as informational unless it is a reply. */
export type CoveredCategory = 'marketing' | 'informational';

/** Solicitation is what the laws are about. What informs is treated alike, since the line is drawn by courts. */
export const COVERED: readonly CoveredCategory[] = ['marketing', 'informational'];
