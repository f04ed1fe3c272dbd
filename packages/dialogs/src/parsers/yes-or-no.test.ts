import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yesOrNo } from './yes-or-no.ts';
import { bareAnswers, yesOrNoWords } from './yes-or-no-words.ts';

const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

function read(text: string, locale = person.locale): boolean | string {
  const parsed = yesOrNo()(text, { ...person, locale });
  return parsed.understood ? parsed.value : parsed.problem.code;
}

describe('yesOrNo', () => {
  it.each([
    'yes',
    'Y',
    'Yes please!',
    ' YES. ',
    'YESSSS',
    'yep',
    'yeah',
    'Sure',
    'ok',
    'K',
    'sounds good',
    'o.k.',
    'uh-huh',
    'I do',
    'yes, sir!',
    'absolutely',
    'of course',
    'no problem',
    'No doubt',
    'why not?!',
    '“Yes”',
    '👍',
    '👍🏽',
    '✅',
    'yes 👍',
    'Yes, I will be there',
    'yes I’ll be there',
    "that's a yes from me",
    'I think yes',
    'um, yes',
    'please',
    'Yes\nSent from my iPhone',
    'yes\n\n-- \nAnn Lee',
    'Yes\n- Ann',
    'sí',
    'Oui',
    'да',
    'はい',
    '是',
  ])('takes %j for yes', (text) => expect(read(text)).toBe(true));

  it.each([
    'no',
    'N',
    'nope',
    'nope thanks',
    'No, thank you.',
    'NOOO',
    'not really',
    'not yet',
    "I don't think so",
    'I don’t',
    'no way',
    'nah',
    '👎',
    '❌',
    '🙅🏾‍♀️',
    'no I can’t make it',
    'not great',
    "No thanks, I'm good",
    'no, pickles are gross',
    'no sorry busy that day',
    'N.',
    "I can't",
    'no we moved',
    'not ok',
    'sorry, no',
    'of course not',
    'never',
    'nein',
    'いいえ',
    'нет',
    'No\n\nThanks,\nAnn',
  ])('takes %j for no', (text) => expect(read(text)).toBe(false));

  it.each([
    ['not sure', 'unsure'],
    ["I'm not sure", 'unsure'],
    ['maybe', 'unsure'],
    ["I don't know", 'unsure'],
    ['idk', 'unsure'],
    ['🤷', 'unsure'],
    ['whatever', 'unsure'],
    ["I'm good", 'unsure'],
    ['yes and no', 'unsure'],
    ['yeah no', 'ambiguous'],
    ['yes no', 'ambiguous'],
    ['👍👎', 'ambiguous'],
    ['yes but only after 5', 'ambiguous'],
    ['yes, unless it rains', 'ambiguous'],
    ['yes I will not come', 'ambiguous'],
    ['yes?', 'question'],
    ['is that a yes or a no?', 'question'],
    ['?', 'question'],
    ['there is no parking', 'not-yes-or-no'],
    ['SIM card', 'not-yes-or-no'],
    ['', 'not-yes-or-no'],
    ['1', 'not-yes-or-no'],
    ['pizza', 'not-yes-or-no'],
    ['No pickles please', 'not-yes-or-no'],
    ['no one told me', 'not-yes-or-no'],
    ['I have a question', 'not-yes-or-no'],
    ["I'm not home", 'not-yes-or-no'],
    ["I can't find the link", 'not-yes-or-no'],
    ['never received it', 'not-yes-or-no'],
    ['1000', 'not-yes-or-no'],
    ['no I will be late', 'ambiguous'],
    ['ok computer', 'not-yes-or-no'],
    ['🍕', 'not-yes-or-no'],
  ])('does not understand %j: %s', (text, code) => expect(read(text)).toBe(code));

  it.each([
    ['es', 'sí claro', true],
    ['es', 'claro que no', false],
    ['es', 'no sé', 'unsure'],
    ['es', 'no gracias', false],
    ['es', 'no funciona', 'not-yes-or-no'],
    ['es', 'no, hoy trabajo', false],
    ['es', 'por supuesto', true],
    ['es', 'si, por favor', true],
    ['es', 'sí pero más tarde', 'unsure'],
    ['fr', 'bien sûr', true],
    ['fr', "d'accord", true],
    ['fr', 'non merci', false],
    ['fr', 'pas du tout', false],
    ['fr', 'je ne sais pas', 'unsure'],
    ['fr', "oui, s'il vous plaît", true],
    ['de', 'ja gerne', true],
    ['de', 'Kein Problem', true],
    ['de', 'eher nicht', false],
    ['de', 'jein', 'unsure'],
    ['de', 'weiß nicht', 'unsure'],
    ['de', 'na klar', true],
    ['de', 'ja, aber später', 'unsure'],
    ['pt-BR', 'sim, claro', true],
    ['pt-BR', 'não, obrigado', false],
    ['pt-BR', 'acho que não', false],
    ['pt-BR', 'não sei', 'unsure'],
    ['it', 'certo', true],
    ['it', 'no grazie', false],
    ['nl', 'jazeker', true],
    ['nl', 'nee hoor', false],
    ['es', 'yes please', true],
    ['xx', 'yes', true],
    ['', 'no', false],
  ] as const)('reads %s: %j as %s', (locale, text, expected) => expect(read(text, locale)).toBe(expected));

  it('never has a phrase of a language on both sides', () => {
    for (const [language, words] of Object.entries(yesOrNoWords)) {
      const yes = new Set<string>([...words.yes, ...words.mildYes]);
      const both = [...words.no, ...words.mildNo, ...words.unsure].filter((phrase) => yes.has(phrase));
      expect(both, language).toEqual([]);
    }
    expect(bareAnswers.yes.filter((word) => (bareAnswers.no as readonly string[]).includes(word))).toEqual([]);
  });

  it('takes every phrase of its tables for what it is, with words of courtesy around it', () => {
    for (const [language, { yes, no, unsure, asides }] of Object.entries(yesOrNoWords)) {
      const aside = fc.constantFrom('', ...asides.slice(0, 6));
      const said = fc.oneof(
        fc.constantFrom(...yes).map((phrase) => ({ phrase, expected: true as boolean | string })),
        fc.constantFrom(...no).map((phrase) => ({ phrase, expected: false as boolean | string })),
        fc.constantFrom(...unsure).map((phrase) => ({ phrase, expected: 'unsure' as boolean | string })),
      );
      fc.assert(
        fc.property(said, aside, ({ phrase, expected }, courtesy) => {
          expect(read(`${phrase.toUpperCase()}. ${courtesy}!`, language)).toBe(expected);
        }),
        { numRuns: 60 },
      );
    }
  });
});
