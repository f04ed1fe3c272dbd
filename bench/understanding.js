// How well and how fast texts are understood by examples: for each labelled set of plugins/understanding/test/sets, how many of the texts
// that were not among the examples are taken for what they mean, for something else, or for nothing; the same with slips of the
// finger; and how many texts that mean nothing of it are taken for something. Then the time for one text among many examples.
// Run `npm run build`, then: node bench/understanding.js
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { intents } from '@parley/plugin-understanding';

const folder = join(import.meta.dirname, '../plugins/understanding/test/sets');
/** Thresholds and margins were chosen by looking at these; the others were looked at once, when that was done. */
const CHOSEN_BY = ['clinic', 'parcels'];
const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** One letter in so many is mistyped. */
const SLIP = 10;

process.stdout.write(
  '                     right  wrong  nothing | mistyped: right  wrong  nothing | others taken for something\n',
);
const names = readdirSync(folder).map((file) => file.replace('.json', ''));
for (const name of names.sort((one, other) => CHOSEN_BY.includes(other) - CHOSEN_BY.includes(one))) {
  const set = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const wants = intents(set.examples);
  const understand = (text) => wants.understand(text)?.intent;
  const texts = Object.entries(set.heard).flatMap(([intent, heard]) => heard.map((text) => ({ intent, text })));
  const random = randomFrom(1);
  const mistyped = Array.from({ length: ROUNDS }, () =>
    texts.map(({ intent, text }) => ({ intent, text: slip(text, random) })),
  ).flat();
  const taken = set.others.filter((text) => understand(text) !== undefined).length;
  const label = `${name}${CHOSEN_BY.includes(name) ? ' (chosen by)' : ''}`;
  process.stdout.write(
    `${label.padEnd(21)}${shares(texts, understand)} |         ${shares(mistyped, understand)} | ${taken} of ${set.others.length}\n`,
  );
}

const words = Array.from({ length: 3_000 }, (_, index) => `${word(index * 7919)}`);
const many = Object.fromEntries(
  Array.from({ length: 50 }, (_, intent) => [
    `intent${intent}`,
    Array.from({ length: 20 }, (_, index) => sentence(intent * 20 + index)),
  ]),
);
const before = process.cpuUsage();
const wants = intents(many);
const defined = spent(before);
const texts = Array.from({ length: 2_000 }, (_, index) => sentence(index + 5_000));
for (const text of texts.slice(0, 200)) wants.understand(text);
const start = process.cpuUsage();
for (const text of texts) wants.understand(text);
const each = spent(start) / texts.length;
process.stdout.write(
  `\n50 intents of 20 examples, processor time: defined in ${defined.toFixed(0)} ms, a text takes ${each.toFixed(2)} ms\n`,
);

/** Milliseconds of processor time since. */
function spent(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function shares(texts, understand) {
  const found = texts.map(({ intent, text }) => ({ intent, understood: understand(text) }));
  const right = found.filter(({ intent, understood }) => intent === understood).length;
  const nothing = found.filter(({ understood }) => understood === undefined).length;
  return [right, texts.length - right - nothing, nothing]
    .map((count) => `${((100 * count) / texts.length).toFixed(0).padStart(4)} %`)
    .join(' ');
}

/** A text with letters left out, doubled, swapped or put in the place of others. */
function slip(text, random) {
  const letters = [...text];
  return letters
    .map((letter, index) => {
      if (!/\p{L}/u.test(letter) || random() >= 1 / SLIP) return letter;
      const kind = Math.floor(random() * 4);
      if (kind === 0) return '';
      if (kind === 1) return letter + letter;
      if (kind === 2) return (letters[index + 1] ?? '') + letter;
      return 'abcdefghijklmnopqrstuvwxyz'[Math.floor(random() * 26)];
    })
    .join('');
}

function sentence(seed) {
  const random = randomFrom(seed);
  return Array.from({ length: 7 }, () => words[Math.floor(random() ** 2 * words.length)]).join(' ');
}

function word(seed) {
  const random = randomFrom(seed);
  return Array.from(
    { length: 3 + Math.floor(random() * 5) },
    () => 'abcdefghilmnoprstu'[Math.floor(random() * 18)],
  ).join('');
}

/** Numbers from 0 to 1, the same for a seed (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}
