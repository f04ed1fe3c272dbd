import { type ActorProfile, anyText, defineBot, extendJourney, say, setupBot, track } from '@parley/core';
import { ask, capture, choose, dateAndTime, days, hours, type Moment, menu } from '@parley/dialogs';
import { assign, raise } from 'xstate';
import { inWords, timeOf } from './in-words.ts';

const askWhen = capture({
  prompt: 'When is your appointment? Answer like FRIDAY AT 3 or MARCH 4, 9:30 AM.',
  parse: dateAndTime({ future: true, withinDays: 80 }),
});

const confirm = menu({
  types: { data: {} as { when: string } },
  prompt: ({ data }) => `You have an appointment ${data.when}. Will you be there?`,
  options: {
    yes: { label: 'yes', matches: ['coming', 'ok'] },
    no: { label: 'I can not come', matches: ['no'] },
    other: { label: 'another time', matches: ['move', 'move it', 'reschedule'] },
  },
  reminders: [],
  patience: hours(20),
});

interface Context {
  readonly actor: ActorProfile;
  readonly appointment: Moment | undefined;
  /** How far away it was when it was said, in milliseconds. */
  readonly away: number;
}

const CLOSE = hours(2);

const machine = setupBot({
  types: { context: {} as Context, events: {} as { type: 'reminder.due' } },
  delays: {
    untilDayBefore: ({ context }) => context.away - days(1),
    untilClose: ({ context }) => context.away - CLOSE,
  },
  guards: {
    isMoreThanADayAway: ({ context }) => context.away > days(1),
    isMoreThanTwoHoursAway: ({ context }) => context.away > CLOSE,
  },
}).createMachine({
  id: 'reminder',
  context: ({ input }) => ({ actor: input.actor, appointment: undefined, away: 0 }),
  initial: 'asking',
  states: {
    asking: ask(askWhen, {
      answered: {
        target: 'waiting',
        actions: [
          assign(({ event: { output } }) => ({ appointment: output.value, away: output.value.at - output.at })),
          // A journey lasts 30 days unless it is told otherwise.
          extendJourney(({ event: { output } }) => output.value.at - output.at + days(1)),
          say(({ event }) => `Noted: ${inWords(event.output.value)}. I will remind you. Text me to change it.`),
        ],
      },
      noAnswer: { target: 'over', actions: say('All right. Text me when you know it.') },
      gaveUp: [
        { guard: ({ event }) => event.output.because === 'undeliverable', target: 'over' },
        { target: 'over', actions: say('Sorry, I do not get it. Please call 415-555-0163.') },
      ],
    }),

    // What time does, and what is said meanwhile.
    waiting: {
      type: 'parallel',
      states: {
        clock: {
          initial: 'deciding',
          states: {
            deciding: {
              always: [
                { guard: 'isMoreThanADayAway', target: 'early' },
                { guard: 'isMoreThanTwoHoursAway', target: 'sameDay' },
                { target: 'close' },
              ],
            },
            early: { after: { untilDayBefore: 'dayBefore' } },
            dayBefore: { entry: raise({ type: 'reminder.due' }), after: { [days(1) - CLOSE]: 'soon' } },
            sameDay: { after: { untilClose: 'soon' } },
            soon: {
              entry: say(({ context: { appointment } }) => `See you at ${appointment && timeOf(appointment)}!`),
              always: 'close',
            },
            close: { after: { [CLOSE]: '#reminder.over' } },
          },
        },
        talk: {
          initial: 'quiet',
          states: {
            quiet: { on: { 'reminder.due': 'confirming', 'message.received': 'confirming' } },
            confirming: choose(confirm, {
              input: ({ context: { actor, appointment } }) => ({
                actor,
                data: { when: appointment === undefined ? 'soon' : inWords(appointment) },
              }),
              chosen: {
                yes: { target: 'confirmed', actions: [say('Good.'), track('confirmed')] },
                no: { target: '#reminder.over', actions: [say('It is cancelled. Take care!'), track('cancelled')] },
                other: '#reminder.asking',
              },
              noAnswer: 'confirmed',
              gaveUp: { target: 'confirmed', actions: say('I leave it as it is. To change it, call 415-555-0163.') },
            }),
            confirmed: { on: { 'message.received': 'confirming' } },
          },
        },
      },
    },
    over: { type: 'final' },
  },
});

export const reminder = defineBot({ id: 'reminder', machine, triggers: [anyText()] });
