// What it costs to put a text into words: processor time by kind of text, over that of a plain template string; and of reading catalogues.
// Run `npm run build`, then: node bench/texts.js
import { defineTexts } from '@parley/texts';

const TEXTS = Number(process.env.TEXTS ?? 200_000);
const KEYS = 1_000;

const en = {
  plain: 'Which day suits you?',
  name: 'Welcome back, {name}. Which day suits you?',
  plural: '{count, plural, =0 {You are next} one {# person is} other {# people are}} ahead of you.',
  date: 'You are booked for {at, date, full} at {at, time, short}.',
};
const texts = defineTexts('en', { en, es: en });
const spaniard = { locale: 'es-MX', timeZone: 'America/Mexico_City' };

const template = measure((index) => `Welcome back, ${index}. Which day suits you?`);
process.stdout.write(`a template string  ${micro(template)}\n`);
for (const [name, values] of [
  ['plain', () => ({})],
  ['name', (index) => ({ name: `Ann ${index}` })],
  ['plural', (index) => ({ count: index % 10 })],
  ['date', (index) => ({ at: 1_767_600_000_000 + index * 60_000 })],
]) {
  const each = measure((index) => texts(name, values(index)).in(spaniard));
  process.stdout.write(`${name.padEnd(19)}${micro(each)}\n`);
}

const many = Object.fromEntries(Array.from({ length: KEYS }, (_, index) => [`key${index}`, en.plural]));
const before = process.cpuUsage();
defineTexts('en', { en: many, es: many });
process.stdout.write(`reading a text     ${micro(spent(before) / KEYS / 2)}\n`);

function measure(say) {
  for (let index = 0; index < TEXTS / 10; index++) say(index);
  const before = process.cpuUsage();
  for (let index = 0; index < TEXTS; index++) say(index);
  return spent(before) / TEXTS;
}

/** Microseconds of processor time since. */
function spent(before) {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function micro(value) {
  return `${value.toFixed(2)} µs`;
}
