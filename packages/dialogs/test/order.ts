import { capture, checklist, confirm, form, menu } from '../src/index.ts';
import { anything } from '../src/parsers/index.ts';

const commands = { back: ['back'], leave: ['never mind'], explain: { matches: ['?'], words: 'Just answer.' } };

export const order = form({
  fields: {
    size: menu({ prompt: 'Which size?', options: { small: ['s'], large: ['l'] }, commands }),
    toppings: checklist({ prompt: 'Which toppings?', options: ['ham', 'olives'], commands }),
    delivery: confirm({ prompt: 'Shall we bring it?', commands }),
    address: capture({ prompt: 'Where to?', parse: anything({ minLength: 5 }), commands }),
  },
  when: { address: ({ answers }) => answers.delivery === 'yes' },
  review: ({ answers }) =>
    `A ${answers.size} pizza with ${answers.toppings.join(' and ') || 'nothing'}${answers.address ? ` to ${answers.address}` : ''}.`,
  labels: { toppings: 'what is on it' },
  commands,
});
