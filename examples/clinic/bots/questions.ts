import { weekdays } from '../calendar.ts';
import { clockTime } from '../when.ts';
import type { Question } from './ask.ts';

// What the bot asks, and in which words: for whoever writes the texts.

const stillThere = 'Are you still there? Just answer when you are ready.';

export const askMenu = (greeting: string): Question => ({
  prompts: [
    `${greeting} This is Riverside Clinic. Reply\n1 to book an appointment\n2 to see your appointment\n3 to talk to the desk`,
    'Sorry, I only know three things. 1: book an appointment. 2: see your appointment. 3: talk to the desk.',
    'I still did not get that. Please answer with a single digit: 1, 2 or 3.',
  ],
  expect: {
    kind: 'choice',
    choices: {
      book: ['1', 'one', 'book', 'book an appointment', 'appointment'],
      see: ['2', 'two', 'see', 'my appointment', 'see my appointment'],
      desk: ['3', 'three', 'desk', 'talk', 'talk to the desk', 'human', 'person'],
    },
  },
  nudge: `${stillThere} 1 books, 2 shows your appointment, 3 gets you the desk.`,
});

export const askName: Question = {
  prompts: ['Gladly! What is your first name?', 'Just your first name, please, in letters.'],
  expect: { kind: 'first-name' },
  nudge: `${stillThere} I only need your first name.`,
};

export const askDay = (remark: string): Question => ({
  prompts: [
    `${remark} Which day suits you, Monday to Friday?`,
    'I need a day of the week, such as TUESDAY. Which one?',
    'We are open Monday, Tuesday, Wednesday, Thursday and Friday. Please answer with one of them.',
  ],
  expect: {
    kind: 'choice',
    choices: Object.fromEntries(weekdays.map((day) => [day, [day, day.slice(0, 3), `on ${day}`, `next ${day}`]])),
  },
  nudge: `${stillThere} Which day should it be?`,
});

export const askTime = (day: string, slots: readonly number[]): Question => {
  const list = slots.map((slot, index) => `${index + 1} for ${clockTime(slot)}`).join('\n');
  return {
    prompts: [
      `On ${day} we have\n${list}\nWhich one?`,
      `Please answer with the number in front of the time:\n${list}`,
      `One more try. ${slots.map((_, index) => index + 1).join(', ')}?`,
    ],
    expect: {
      kind: 'choice',
      choices: Object.fromEntries(slots.map((slot, index) => [`${slot}`, [`${index + 1}`, clockTime(slot)]])),
    },
    nudge: `${stillThere} I am holding these times for you:\n${list}`,
  };
};
