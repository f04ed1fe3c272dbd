import { type ActorProfile, anyText, defineBot, remember, say, setupBot, track } from '@parley/core';
import { anything, ask, capture, checklist, form, hours, menu, minutes } from '@parley/dialogs';
import { priceOf } from './prices.ts';

const house = {
  reminders: [{ after: minutes(10), words: 'Still hungry? Just answer when you are ready.' }],
  patience: hours(2),
  commands: { back: ['back'], leave: ['never mind', 'no pizza'] },
};

const order = form({
  ...house,
  fields: {
    size: menu({
      ...house,
      prompt: ({ problem, sorry }) => `${problem === undefined ? "Welcome to Luigi's!" : sorry} Which size?`,
      options: { small: { label: 'small, $9' }, large: { label: 'large, $14', matches: ['big'] } },
      otherwise: ['We have two sizes.', 'Please answer with 1 or 2.'],
    }),
    toppings: checklist({
      ...house,
      prompt: 'Which toppings, at $1 each? Several are fine, or NONE.',
      options: ['ham', 'mushrooms', 'olives', 'onions'],
    }),
    address: capture({ ...house, prompt: 'Where shall we bring it?', parse: anything({ minLength: 5 }) }),
  },
  known: ({ actor }) => (typeof actor?.attributes?.address === 'string' ? { address: actor.attributes.address } : {}),
  review: ({ answers }) =>
    `A ${answers.size} pizza with ${answers.toppings.join(', ') || 'no toppings'} to ${answers.address}, $${priceOf(answers)}.`,
});

const machine = setupBot({ types: { context: {} as { actor: ActorProfile } } }).createMachine({
  context: ({ input }) => ({ actor: input.actor }),
  initial: 'ordering',
  states: {
    ordering: ask(order, {
      answered: {
        target: 'ordered',
        actions: [
          say(
            ({ event }) => `It is in the oven and with you in 40 minutes: $${priceOf(event.output.value)} at the door.`,
          ),
          remember(({ event }) => ({ attributes: { address: event.output.value.address } })),
          // Whatever prints in the kitchen hears this, in a plugin or by a webhook.
          track('ordered', ({ event }) => event.output.value),
        ],
      },
      noAnswer: { target: 'ended', actions: say('I will leave it at that. Text me whenever you are hungry!') },
      gaveUp: [
        { guard: ({ event }) => event.output.because === 'undeliverable', target: 'ended' },
        {
          guard: ({ event }) => event.output.because === 'declined',
          target: 'ended',
          actions: say('No pizza then. Text me whenever you are hungry!'),
        },
        { target: 'ended', actions: say('I am sorry, I do not get it. Please call us at 415-555-0142.') },
      ],
    }),
    ordered: { type: 'final' },
    ended: { type: 'final' },
  },
});

export const pizza = defineBot({ id: 'pizza', machine, triggers: [anyText()] });
