import { createHost, type HostDocument, nextTimer } from '@parley/core/host';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capture, checklist, confirm, form, menu, number } from '../src/index.ts';

const commands = {
  back: ['back'],
  leave: ['never mind'],
  explain: { matches: ['?'], words: ['Just answer.', 'Well.'] },
};

function order() {
  return form({
    commands,
    fields: {
      size: menu({ prompt: 'Which size?', options: { small: ['s'], large: ['l'] }, commands }),
      toppings: checklist({ prompt: 'Which toppings?', options: ['ham', 'olives'], commands }),
      gift: confirm({ prompt: 'Is it a gift?', commands }),
      number: capture({ prompt: 'For how many?', parse: number({ min: 1, max: 9 }), commands }),
    },
    when: { number: ({ answers }) => answers.gift === 'yes' },
    changes: 4,
  });
}

const event = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom(
      'small',
      '2',
      'ham',
      'none',
      'yes',
      'no',
      '3',
      'size',
      'toppings',
      'gift',
      'number',
      'back',
      '?',
    ),
  },
  { weight: 5, arbitrary: fc.string({ maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'timer' } as const) },
  {
    weight: 1,
    arbitrary: fc.constant({ kind: 'failed', code: 'error.platform.message-limiter.duplicate-message-sent' } as const),
  },
);

/** More than there can be: each field so often as something can be changed, each time with all its attempts. */
const MOST = 4 * (1 + 4) * (3 + 3) + 2 * (1 + 4) * (3 + 3) + 100;

const actor = { address: '+14155550123' };

/** Two processes that take turns: all that they know of the form is in its document. */
const hosts = [createHost(order(), { check: true }), createHost(order(), { check: true })] as const;

type What = string | { readonly kind: 'timer' } | { readonly kind: 'failed'; readonly code: string };

function step(host: (typeof hosts)[number], document: HostDocument, what: What, now: number): HostDocument {
  if (typeof what === 'string') {
    const received = { type: 'message.received', text: what, media: [], at: now, from: actor.address };
    return host.step(document, { kind: 'event', event: received }, now).document;
  }
  if (what.kind === 'failed') {
    const failed = { type: 'message.failed', message: 'm', code: what.code, reason: '' };
    return host.step(document, { kind: 'event', event: failed }, now).document;
  }
  const timer = nextTimer(document);
  return timer === undefined ? document : host.step(document, { kind: 'timer', timer }, timer.dueAt).document;
}

describe('a form', () => {
  it('comes to an end whatever is texted, and is plain JSON at every moment of it', () => {
    fc.assert(
      fc.property(fc.infiniteStream(event), (events) => {
        let { document } = hosts[0].start({ actor }, 0);
        let steps = 0;
        for (const what of events) {
          if (document.status !== 'active' || steps > MOST) break;
          const stored: string = JSON.stringify(document);
          document = step(hosts[steps % 2 === 0 ? 0 : 1], JSON.parse(stored), what, steps * 1000);
          steps += 1;
        }
        expect(document.status).toBe('done');
        expect(['answered', 'no-answer', 'gave-up']).toContain((document.output as { kind: string }).kind);
      }),
      { numRuns: 50 },
    );
  });
});
