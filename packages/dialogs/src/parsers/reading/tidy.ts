/** Texts that are longer are cut: no answer to a question is a page, and a page costs time. */
const LONGEST = 1_000;

/** Signs without a shape of their own, which keyboards leave in texts. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;

const CONTROLS = /[^\P{Cc}\n]/gu;
const APOSTROPHES = /[‘’‚‛`´ʼ′＇]/g;
const QUOTES = /[“”„‟«»″＂]/g;
const DASHES = /[‐‑‒–—―−]/g;

/** Accents of Latin, Greek and Cyrillic letters. */
const ACCENTS = /[\u0300-\u036f]/g;

/** What phones and mail programs write under a text, and what people do. */
const SIGNATURES: readonly RegExp[] = [
  /\n--+ ?\n.*$/su,
  /\n+(?:sent (?:from|via)|get outlook for|envoy[ée] (?:de|depuis)|enviado (?:desde|do|de|via)|von mein\p{L}* \p{L}+ gesendet|gesendet (?:von|mit)|inviato da|verzonden vanaf)[^\n]*$/iu,
  /[\n,.!] *(?:many thanks|thanks|thank you|best|regards|best regards|kind regards|cheers|love|saludos|un saludo|gracias|merci|cordialement|gr[uü](?:ß|ss)e|viele gr[uü](?:ß|ss)e|lg|mfg|danke|abra[cç]os?|obrigad[oa])[,!.]* *\n+[^\n\d]{1,40}$/iu,
  // Not the last line of a list.
  /(?<=^(?![-~*•\d])[^\n]*)\n+ ?[-~] ?\p{L}[\p{L} .']{0,30}$/u,
];

/**
 * A text as a person would copy it out: compatible signs made one (NFKC), straight quotes, plain dashes, no invisible signs, single
 * spaces, no empty lines, no signature.
 */
export function tidy(text: string): string {
  return withoutSignature(straighten(text)).replace(/\s+/gu, ' ').trim();
}

/** The same with its lines kept apart. */
export function tidyLines(text: string): readonly string[] {
  const lines = withoutSignature(straighten(text)).split('\n');
  return lines.map((line) => line.replace(/\s+/gu, ' ').trim()).filter((line) => line !== '');
}

function straighten(text: string): string {
  return text
    .slice(0, LONGEST)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(CONTROLS, ' ')
    .replace(APOSTROPHES, "'")
    .replace(QUOTES, '"')
    .replace(DASHES, '-')
    .trim();
}

function withoutSignature(text: string): string {
  return SIGNATURES.reduce((rest, signature) => rest.replace(signature, '').trim() || rest, text);
}

/** Lower case, without accents and apostrophes; all other signs are as they were. */
export function fold(tidied: string): string {
  return tidied
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(/'/g, '')
    .replaceAll('ß', 'ss');
}

/** A text as its words: folded, without marks and emoji, single spaces between. Empty where there are no words. */
export function plain(text: string): string {
  return fold(tidy(text))
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** The words of {@link plain}. */
export function wordsOf(text: string): readonly string[] {
  const words = plain(text);
  return words === '' ? [] : words.split(' ');
}
