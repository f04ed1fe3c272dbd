import { describe, expect, it } from 'vitest';
import { plain, tidy } from './tidy.ts';

describe('tidy', () => {
  it.each([
    ['  yes   please ', 'yes please'],
    ['“It’s” – ok…', '"It\'s" - ok...'],
    ['１２３', '123'],
    ['a\u200bb\ufe0f', 'ab'],
    ['yes\nSent from my iPhone', 'yes'],
    ['sí\n\nEnviado desde mi iPhone', 'sí'],
    ['ja\nVon meinem iPhone gesendet', 'ja'],
    ['oui\nEnvoyé de mon iPhone', 'oui'],
    ['yes\n-- \nAnn Lee\nRiverside Clinic', 'yes'],
    ['ok.\nThanks,\nAnn', 'ok.'],
    ['no\n- Ann', 'no'],
    ['mushrooms\nolives\n- ham', 'mushrooms olives - ham'],
    ['- olives\n- ham', '- olives - ham'],
    ['-- \nAnn', '-- Ann'],
  ])('makes %j into %j', (text, expected) => expect(tidy(text)).toBe(expected));
});

describe('plain', () => {
  it.each([
    ["I'd like Crème-brûlée!", 'id like creme brulee'],
    ['Straße 👍', 'strasse'],
    ['...', ''],
  ])('makes %j into %j', (text, expected) => expect(plain(text)).toBe(expected));
});
