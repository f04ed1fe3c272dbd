import type { Wording } from './wording.ts';

/**
 * What the first text to a person has to say, in the order in which it is added. Source: the reasons for which Twilio has campaigns and toll-free numbers
 * refused (https://www.twilio.com/docs/api/errors/30540, 30545, 30569), and AWS's registration-help-quickstart.
 */
export const PARTS = ['brand', 'program', 'frequency', 'rates', 'help', 'stop'] as const;

export type Part = (typeof PARTS)[number];

/** What there is to be said of an app. */
export interface Sender {
  readonly brand: string;
  /** What the texts are about; `undefined`: it is not said. */
  readonly program: string | undefined;
}

/** Messages, in the words of people who write texts. */
const MESSAGES = '(?:msgs?|messages?|texts?|sms|mensajes?|msjs?)';
const REPLY =
  '(?:reply|respond|text|txt|send|answer|responda|responde|envie|envia|repondez|reponds|envoyez|textez)(?: with)?(?: the word)?';
const QUOTE = '["\'“”«»]?';

/** In a text without accents and in lower case. What is in doubt is missing: said twice does less harm than not said. */
const SAID: Readonly<Record<'frequency' | 'rates' | 'help' | 'stop', readonly RegExp[]>> = {
  frequency: [
    new RegExp(`\\b${MESSAGES} (?:freq|frequency)\\b`),
    /\b(?:frequency|frecuencia|frequence)\b[^.!?]{0,30}\b(?:varies|vary|varia|varian|variable|varie|peut varier)\b/,
    new RegExp(
      `(?:\\d ?${MESSAGES}|\\b(?:msgs|messages|texts|mensajes)) ?(?:/|per|an?|each|every|al?|por|par|cada) ?(?:day|week|month|mo|year|dia|semana|mes|ano|jour|semaine|mois|an)\\b`,
    ),
    new RegExp(`\\b(?:recurring|one-time|one time) (?:automated )?${MESSAGES}\\b`),
  ],
  rates: [
    /\b(?:msgs?|messages?|messaging|texts?|data|std|standard|carrier)\b[^.!?]{0,30}\b(?:rates?|charges?|fees?)\b[^.!?]{0,20}\bapply\b/,
    /\btarifas?\b[^.!?]{0,20}\b(?:mensajes?|msjs?|datos|sms)\b/,
    /\b(?:frais|tarifs?)\b[^.!?]{0,30}\b(?:messages?|messagerie|donnees|sms)\b/,
  ],
  help: [new RegExp(`\\b${REPLY} ?:? ?${QUOTE}(?:help|info|ayuda|aide)\\b`)],
  stop: [new RegExp(`\\b${REPLY} ?:? ?${QUOTE}(?:stop|end|quit|cancel|unsubscribe|arret|alto|parar|baja)\\b`)],
};

/** A keyword in capitals, as it is: `STOP to cancel`, or anywhere in a sentence that asks for a reply. */
const KEYWORDS: Readonly<Record<'help' | 'stop', readonly RegExp[]>> = {
  help: shouted('HELP|AYUDA|AIDE'),
  stop: shouted('STOP|END|QUIT|CANCEL|UNSUBSCRIBE|ARRET|ARRÊT|ALTO|PARAR|BAJA'),
};

function shouted(words: string): readonly RegExp[] {
  const word = `(?<!\\p{L})(?:${words})(?!\\p{L})`;
  return [
    new RegExp(`${word}${QUOTE} ?(?:to|2|for|4|=|para|pour) ?`, 'u'),
    new RegExp(
      `(?<!\\p{L})(?:[Rr]eply|[Tt]ext|[Tt]xt|[Ss]end|[Rr]esponda|[Rr]esponde|[Ee]nvíe|[Rr]épondez|[Ee]nvoyez)(?!\\p{L})[^.!?]{0,60}${word}`,
      'u',
    ),
  ];
}

/**
 * The parts that a text does not have yet.
 *
 * @param wordings those in which the plugin says them: its own words are known whatever they are.
 */
export function missingParts(text: string, sender: Sender, wordings: readonly Wording[]): readonly Part[] {
  const raw = text.replace(/\s+/gu, ' ');
  const plain = withoutAccents(raw);
  const isSaid = (sentence: string): boolean => plain.includes(withoutAccents(fill(sentence, sender)));
  return PARTS.filter((part) => {
    if (part === 'brand') return !names(plain, sender.brand);
    if (part === 'program') return sender.program !== undefined && !names(plain, sender.program);
    const own = wordings.flatMap((wording) =>
      part === 'help' || part === 'stop' ? [wording[part], wording.helpAndStop] : [wording[part]],
    );
    const isKeyword = (part === 'help' || part === 'stop') && KEYWORDS[part].some((pattern) => pattern.test(raw));
    return !isKeyword && !own.some(isSaid) && !SAID[part].some((pattern) => pattern.test(plain));
  });
}

/** A sentence with the names in it. */
export function fill(sentence: string, { brand, program = '' }: Sender): string {
  return sentence.replace(/\{(brand|program)\}/g, (_, name) => (name === 'brand' ? brand : program));
}

/** Whether a name is in a text, as whole words. */
function names(plain: string, name: string): boolean {
  const words = wordsOf(withoutAccents(name));
  return words === '' || ` ${wordsOf(plain)} `.includes(` ${words} `);
}

function wordsOf(plain: string): string {
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function withoutAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ');
}
