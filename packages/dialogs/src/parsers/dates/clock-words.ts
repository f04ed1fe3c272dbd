import { type NumberWords, numberWords } from '../reading/number-words.ts';

/** Makes of what people say what chrono-node reads. */
export type Rewriting = readonly [RegExp, string | ((match: string, ...groups: string[]) => string)];

/** What people say about dates and times beyond what chrono-node knows, in one language; expressions without case. */
export interface ClockWords {
  readonly rewritings: readonly Rewriting[];
  /** The day after tomorrow. */
  readonly overmorrow: RegExp;
  /** Leave a time open to one side, where a number follows: `after 5`. */
  readonly open: RegExp;
  /** A day of the month without a month, as its first group: `the 15th`. */
  readonly dayAlone: RegExp;
  /** Times that are too long to be meant exactly: `next week`. */
  readonly vague: RegExp;
  /** Say that what is meant has been: `last friday`. */
  readonly past: RegExp;
  /** May stand around an hour that is all there is: `at 3`. */
  readonly around: RegExp;
}

const MIDNIGHT = '00:00';
const NOON = '12:00';

const words = (...list: readonly string[]) => new RegExp(String.raw`(?<!\p{L})(?:${list.join('|')})(?!\p{L})`, 'giu');

/** Hours in words, and how many that is. */
function hoursOf({ values }: NumberWords): ReadonlyMap<string, number> {
  return new Map(Object.entries(values).filter(([, value]) => value >= 1 && value <= 12));
}

/** A time from an hour in digits or words and minutes beside it, which may be ahead of the hour. */
function clockOf(language: NumberWords) {
  const hours = hoursOf(language);
  const unfolded = (word: string) =>
    word
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase();
  const hourOf = (word: string) => hours.get(unfolded(word)) ?? Number(word);
  const written = (hour: number, minute: number) => {
    const minutes = (hour * 60 + minute + 24 * 60) % (24 * 60);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  };
  return {
    /** For expressions: any hour. */
    any: String.raw`(\d{1,2}|${[...hours.keys()].map((word) => word.replace('u', '[uü]').replace('o', '[oö]')).join('|')})`,
    at: (word: string, minute: number) => {
      const hour = hourOf(word);
      // A quarter to one is of twelve o'clock, whichever half of the day it is.
      return written(hour === 1 && minute < 0 ? 13 : hour, minute);
    },
    minutes: (word: string) => language.values[unfolded(word)] ?? Number(word),
  };
}

/** An hour of the afternoon or the evening, as clocks of 24 hours have it. */
function inHalf(hour: string, minute: string | undefined, isLate: boolean): string {
  const number = Number(hour) % 12;
  const shown = Number(hour) > 12 ? Number(hour) : isLate ? number + 12 : number;
  return `${String(shown).padStart(2, '0')}:${minute ?? '00'}`;
}

const en = clockOf(numberWords.en);
const es = clockOf(numberWords.es);
const fr = clockOf(numberWords.fr);
const de = clockOf(numberWords.de);
const pt = clockOf(numberWords.pt);

const DIGITS = String.raw`(\d{1,2})(?:[:.h](\d{2}))?`;
/** Words that stand by themselves; hours have no other number ahead of them, as the minutes of `3:30` have. */
const expression = (source: TemplateStringsArray, ...parts: readonly string[]) =>
  new RegExp(String.raw`(?<![\p{L}\d]|\d[:.])${String.raw(source, ...parts)}(?![\p{L}\d])`, 'giu');

/** Words ahead of a time, by the time of which digits are all that is left to be told from days. */
const openTo = (...list: readonly string[]) =>
  new RegExp(String.raw`(?<!\p{L})(?:${list.join('|')}) (?:(?:las?|[àa]s?|um) )?\d`, 'iu');

const english: ClockWords = {
  overmorrow: words('(?:the )?day after tomorrow', 'overmorrow'),
  open: openTo('before', 'after', 'until', 'till', 'from', 'since', 'by', 'no later than'),
  rewritings: [
    [words('(?:tonight|today),? (?:at )?midnight', 'midnight (?:tonight|today)'), 'tomorrow at 00:00'],
    [/@\s*/gu, ' at '],
    [
      words(
        'tmrw',
        'tmr',
        'tmw',
        'tmmrw',
        '2moro',
        '2morrow',
        'tomoro',
        'tomorow',
        'tommorow',
        'tommorrow',
        'tomorro',
        'tomarrow',
      ),
      'tomorrow',
    ],
    [words('tonite', '2nite', '2night'), 'tonight'],
    [words('nxt'), 'next'],
    [words('wensday', 'wendsday', 'wednsday', 'weds'), 'wednesday'],
    [words('thurs', 'thur', 'thrusday'), 'thursday'],
    [words('tues', 'teusday', 'tuseday'), 'tuesday'],
    [words('saterday', 'satuday'), 'saturday'],
    [words('(?:12 ?)?noon', 'midday', '12 noon'), NOON],
    [words('(?:12 ?)?midnight'), MIDNIGHT],
    [expression`half past ${en.any}`, (_, hour = '') => en.at(hour, 30)],
    [expression`(?:a )?quarter (?:past|after) ${en.any}`, (_, hour = '') => en.at(hour, 15)],
    [expression`(?:a )?quarter (?:to|before|till|of) ${en.any}`, (_, hour = '') => en.at(hour, -15)],
    [
      expression`(\d{1,2}|five|ten|twenty) (?:minutes )?(?:past|after) ${en.any}`,
      (_, minute = '', hour = '') => en.at(hour, en.minutes(minute)),
    ],
    [
      expression`(\d{1,2}|five|ten|twenty) (?:minutes )?(?:to|before|till) ${en.any}`,
      (_, minute = '', hour = '') => en.at(hour, -en.minutes(minute)),
    ],
    [expression`${en.any} thirty`, (_, hour = '') => en.at(hour, 30)],
    [expression`${en.any} fifteen`, (_, hour = '') => en.at(hour, 15)],
    [expression`${en.any} fort?y[- ]five`, (_, hour = '') => en.at(hour, 45)],
    [expression`${en.any} (?:o'?clock|oclock)`, (_, hour = '') => en.at(hour, 0)],
    [expression`${en.any} ?(a|p)\.?(?:m\.?)?`, (_, hour = '', half = '') => `${en.at(hour, 0)} ${half}m`],
    [
      expression`${DIGITS} ?(?:am|pm)? (?:in the|at) (morning|afternoon|evening|night)`,
      (_, hour = '', minute, part = '') => inHalf(hour, minute, !/^m/i.test(part)),
    ],
    [/(?<!\d)(\d{1,2})h(\d{2})(?!\d)/giu, '$1:$2'],
    [expression`(\d{1,2})(?::00)?[ -]?ish`, '$1:00'],
    [
      expression`${DIGITS} ?([ap])`,
      (match, hour, minute, half) => (match.includes(':') ? `${hour}:${minute} ${half}m` : `${hour} ${half}m`),
    ],
    [
      new RegExp(String.raw`(?<=(?<!\p{L})(?:at|around|about|by) )${en.any}(?![\p{L}\d:./-]| ?[ap]\.?m)`, 'giu'),
      (_, hour = '') => en.at(hour, 0),
    ],
  ],
  dayAlone:
    /(?<![\p{L}\d])(?:on )?the (\d{1,2})(?:st|nd|rd|th)?(?! (?:of|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|in|hour|minute)|[\p{L}\d:/.-]+\d|\p{L})/iu,
  vague:
    /^(?:(?:this|next|the|over the|sometime|some time|in the|following) )*(?:week|weekend|month|year|quarter|soon|later|asap)$/iu,
  past: words('last', 'ago', 'yesterday', 'previous'),
  around: /^(?:(?:at|around|about|by|maybe|let's say|say|ok|yes|approx\.?|ca\.?|the) )*/iu,
};

const spanish: ClockWords = {
  overmorrow: words('pasado ma[ñn]ana'),
  open: openTo('antes de', 'despu[eé]s de', 'hasta', 'desde', 'a partir de'),
  rewritings: [
    [words('(?:hoy|esta noche) a (?:la )?medianoche'), 'mañana a las 00:00'],
    [words('manana'), 'mañana'],
    [words('(?:al? )?mediod[ií]a'), NOON],
    [words('(?:a (?:la )?)?medianoche'), MIDNIGHT],
    [expression`(?:a )?las? ${es.any} y media`, (_, hour = '') => `a las ${es.at(hour, 30)}`],
    [expression`(?:a )?las? ${es.any} y cuarto`, (_, hour = '') => `a las ${es.at(hour, 15)}`],
    [expression`(?:a )?las? ${es.any} menos cuarto`, (_, hour = '') => `a las ${es.at(hour, -15)}`],
    [expression`a las? ${es.any}(?![:.]\d)`, (_, hour = '') => `a las ${es.at(hour, 0)}`],
    [expression`${DIGITS}(?: ?h(?:oras)?| ?hrs?)`, (_, hour = '', minute = '00') => `${hour}:${minute}`],
    [
      expression`${DIGITS} (?:de|por|en) la (ma[ñn]ana|madrugada|tarde|noche)`,
      (_, hour = '', minute, part = '') => inHalf(hour, minute, /^[tn]/i.test(part)),
    ],
  ],
  dayAlone: /(?<![\p{L}\d])(?:el )?(?:d[ií]a |el )(\d{1,2})(?! de|[\p{L}\d:/.-]+\d|\p{L})/iu,
  vague:
    /^(?:(?:el|la|este|esta|pr[oó]xim[oa]|que|viene|fin|de) ?)*(?:semana|mes|a[ñn]o|pronto|luego)(?: (?:que viene|pr[oó]xim[oa]))?$/iu,
  past: words('pasad[oa]', 'hace', 'ayer', 'anteayer', '[uú]ltim[oa]', 'anterior'),
  around: /^(?:(?:a|las|la|sobre|hacia|como|m[aá]s o menos) )*/iu,
};

const french: ClockWords = {
  overmorrow: words('apr[eè]s[- ]demain'),
  open: openTo('avant', 'apr[eè]s', "jusqu'[àa]", 'd[eè]s', '[àa] partir de'),
  rewritings: [
    [words("(?:aujourd'hui|ce soir) [àa] minuit"), 'demain à 00:00'],
    [words('(?:[àa] )?midi'), NOON],
    [words('(?:[àa] )?minuit'), MIDNIGHT],
    [expression`${fr.any} ?h(?:eures?)? et demie?`, (_, hour = '') => fr.at(hour, 30)],
    [expression`${fr.any} ?h(?:eures?)? et quart`, (_, hour = '') => fr.at(hour, 15)],
    [expression`${fr.any} ?h(?:eures?)? moins (?:le )?quart`, (_, hour = '') => fr.at(hour, -15)],
    [
      expression`(?<!dans |il y a )${fr.any} ?(?:h|heures?)(?: ?(\d{2}))?`,
      (_, hour = '', minute = '0') => fr.at(hour, Number(minute)),
    ],
    [
      expression`${DIGITS} (?:du|de l') ?(matin|apr[èe]s[- ]midi|soir)`,
      (_, hour = '', minute, part = '') => inHalf(hour, minute, !/^m/i.test(part)),
    ],
    // Between numbers it would be a range.
    [/(?<=\s)[àa] (?=\d{1,2}:\d{2})/giu, ''],
  ],
  dayAlone:
    /(?<![\p{L}\d])le (\d{1,2})(?:er)?(?! (?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c)|[\p{L}\d:/.-]+\d|\p{L})/iu,
  vague:
    /^(?:(?:la|le|l'|cette|ce|prochaine?|en) ?)*(?:semaine|mois|ann[ée]e|week-?end|bient[oô]t|plus tard)(?: prochaine?)?$/iu,
  past: words('derni[eè]re?', 'pass[ée]e?', 'il y a', 'hier', 'avant-hier'),
  around: /^(?:(?:[àa]|vers|environ) )*/iu,
};

const german: ClockWords = {
  overmorrow: words('(?:ü|ue?)bermorgen'),
  open: openTo('vor', 'nach', 'bis', 'ab', 'sp[aä]testens', 'fr[uü]hestens'),
  rewritings: [
    [words('heute(?: abend| nacht)? um mitternacht'), 'morgen um 00:00'],
    [words('(?:am |zu )?mittags?', '12 uhr mittags'), NOON],
    [words('(?:um )?mitternacht'), MIDNIGHT],
    [expression`dreiviertel ${de.any}`, (_, hour = '') => de.at(hour, -15)],
    [expression`halb ${de.any}`, (_, hour = '') => de.at(hour, -30)],
    [expression`viertel nach ${de.any}`, (_, hour = '') => de.at(hour, 15)],
    [expression`viertel vor ${de.any}`, (_, hour = '') => de.at(hour, -15)],
    [
      expression`(\d{1,2}|f[uü]nf|zehn|zwanzig) nach ${de.any}`,
      (_, minute = '', hour = '') => de.at(hour, de.minutes(minute)),
    ],
    [
      expression`(\d{1,2}|f[uü]nf|zehn|zwanzig) vor ${de.any}`,
      (_, minute = '', hour = '') => de.at(hour, -de.minutes(minute)),
    ],
    [expression`${DIGITS} ?uhr ?(\d{2})?`, (_, hour = '', minute, after) => `${hour}:${minute ?? after ?? '00'}`],
    [expression`(?:um )${de.any}(?! ?uhr|[:.]\d)(?: uhr)?`, (_, hour = '') => `um ${de.at(hour, 0)}`],
    [expression`${de.any} uhr`, (_, hour = '') => de.at(hour, 0)],
    [
      expression`${DIGITS} (morgens|vormittags|fr[uü]h|nachmittags|abends|(?:am |in der )?(?:morgen|vormittag|nachmittag|abend))`,
      (_, hour = '', minute, part = '') => inHalf(hour, minute, /nachm|abend/i.test(part)),
    ],
    [/(?<!\d)(\d{1,2})\. ?(\d{1,2})\.(?!\d)/gu, '$1/$2'],
  ],
  dayAlone:
    /(?<![\p{L}\d])(?:am |den |der )(\d{1,2})\.?(?! ?(?:jan|feb|m[aä]r|apr|mai|jun|jul|aug|sep|okt|nov|dez)|[\p{L}\d:/.-]+\d|\p{L}|\d)/iu,
  vague:
    /^(?:(?:die|das|der|n[aä]chste[sr]?|diese[sr]?|am|im|kommende[sr]?) ?)*(?:woche|wochenende|monat|jahr|bald|sp[aä]ter)$/iu,
  past: words(
    'letzte[nrsm]?',
    'vergangene[nrsm]?',
    String.raw`vor \p{L}+ (?:tag|woche|monat|jahr|stunde)\p{L}*`,
    'gestern',
    'vorgestern',
    'vorige[nrsm]?',
  ),
  around: /^(?:(?:um|gegen|ca\.?|etwa|ungef[aä]hr|so) )*/iu,
};

const PT_UNITS: Readonly<Record<string, string>> = {
  min: 'minutes',
  hor: 'hours',
  dia: 'days',
  sem: 'weeks',
  mes: 'months',
  mês: 'months',
};

const portuguese: ClockWords = {
  overmorrow: words('depois de amanh[ãa]'),
  open: openTo('antes d[aeo]s?', 'depois d[aeo]s?', 'at[ée]', 'a partir d[aeo]s?'),
  rewritings: [
    [words('hoje [àa] meia[- ]noite'), 'amanhã às 00:00'],
    [words('amanha'), 'amanhã'],
    [words('(?:ao? )?meio[- ]dia'), NOON],
    [words('(?:[àa] )?meia[- ]noite'), MIDNIGHT],
    [expression`(?:[àa]s? )?${pt.any}(?: horas?)? e meia`, (_, hour = '') => `às ${pt.at(hour, 30)}`],
    [expression`(?:[àa]s? )?${pt.any}(?: horas?)? e (?:um )?quarto`, (_, hour = '') => `às ${pt.at(hour, 15)}`],
    [
      expression`(?:em|daqui a|dentro de) (\d{1,4}|um|uma|dois|duas|tr[eê]s|quatro|cinco|seis|sete|oito|nove|dez) (min|hor|dia|sem|mes|mês)\p{L}*`,
      (_, count = '', unit = '') => `in ${pt.minutes(count)} ${PT_UNITS[unit.toLowerCase()] ?? unit}`,
    ],
    [expression`[àa]s? ${pt.any}(?![:.]\d)`, (_, hour = '') => `às ${pt.at(hour, 0)}`],
    [
      expression`${DIGITS} ?h(?:oras?|s)?(?: ?(\d{2}))?`,
      (_, hour = '', minute, after) => `${hour}:${minute ?? after ?? '00'}`,
    ],
    [
      expression`${DIGITS} (?:da|de) (manh[ãa]|tarde|noite|madrugada)`,
      (_, hour = '', minute, part = '') => inHalf(hour, minute, /^[tn]/i.test(part)),
    ],
  ],
  dayAlone: /(?<![\p{L}\d])(?:no )?dia (\d{1,2})(?! de|[\p{L}\d:/.-]+\d|\p{L})/iu,
  vague:
    /^(?:(?:[ao]|est[ae]|n?a?|pr[oó]xim[oa]|fim|de|que|vem) ?)*(?:semana|m[eê]s|ano|logo|depois)(?: (?:que vem))?$/iu,
  past: words('passad[oa]', 'atr[áa]s', 'ontem', 'anteontem', '[uú]ltim[oa]', 'h[áa]'),
  around: /^(?:(?:[àa]s?|por volta d[ae]s?|umas|l[áa] pelas) )*/iu,
};

const languages: Readonly<Record<string, ClockWords>> = {
  en: english,
  es: spanish,
  fr: french,
  de: german,
  pt: portuguese,
};

const NOTHING = /(?!)/u;

/** Of languages of which chrono-node alone knows something. */
const unknown: ClockWords = {
  rewritings: [],
  overmorrow: NOTHING,
  open: NOTHING,
  dayAlone: NOTHING,
  vague: NOTHING,
  past: NOTHING,
  around: NOTHING,
};

/** @param language as BCP 47 has it. */
export function clockWordsOf(language: string): ClockWords {
  return Object.hasOwn(languages, language) ? (languages[language] ?? unknown) : unknown;
}
