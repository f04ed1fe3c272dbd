import type { ActorProfile, Address } from '@parley/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { compose } from '../src/compose.ts';
import { takeData } from '../src/definition/data.ts';
import { defineNotification, type Notification } from '../src/definition/notification.ts';
import { reviewLength } from '../src/length.ts';

const CUSTOMS = { locale: 'en-US', timeZone: 'UTC', currency: 'USD' };
const ANN = '+14155550123' as Address;

function textFor(
  notification: Notification,
  data: Readonly<Record<string, unknown>> = {},
  actor: Partial<ActorProfile> = {},
  id = 'message-1',
) {
  const occasion = {
    organization: { name: 'Example Clinic' },
    app: { id: 'clinic' },
    actor: { address: ANN, ...actor },
    data: takeData(notification, data),
    now: Date.UTC(2026, 10, 24, 17),
    id,
  };
  return compose(notification, occasion, CUSTOMS);
}

/** The text of a template with one variable `x` of anything. */
function rendered(text: string, x: unknown, actor: Partial<ActorProfile> = {}): string {
  return textFor(defineNotification({ name: 'test', text, data: z.object({ x: z.any() }) }), { x }, actor).text;
}

describe('a template', () => {
  it('names the actor, the app, the organization and its own data', () => {
    const notification = defineNotification({
      name: 'test',
      text: '{{ organization.name }}/{{ app.id }}: {{ actor.full_name }}, {{ actor.phone }}, {{ actor.attributes.plan }}, {{ code }}',
      data: { code: 'text' },
    });
    const actor = { firstName: 'Ann', lastName: 'Example', attributes: { plan: 'gold' } };
    expect(textFor(notification, { code: 'X1' }, actor).text).toBe(
      'Example Clinic/clinic: Ann Example, +14155550123, gold, X1',
    );
  });

  it.each([
    ['Hi {{ actor.first_name }}, hello', 'Hi, hello'],
    ['Hi {{ actor.first_name }} {{ actor.last_name }}!', 'Hi!'],
    ['{{ actor.first_name }}, your table is ready.', 'your table is ready.'],
    ['{{ actor.attributes.a.b.c }}ok', 'ok'],
    ['{{ actor.first_name | default: "there" }} :)', 'there :)'],
    ['one  two', 'one  two'],
  ])('closes the gap that a missing value leaves: %s', (text, expected) => {
    expect(textFor(defineNotification({ name: 'test', text })).text).toBe(expected);
  });

  it('leaves the space ahead of marks in French', () => {
    const notification = defineNotification({ name: 'test', text: { fr: 'Bonjour {{ actor.first_name }} !' } });
    expect(textFor(notification).text).toBe('Bonjour !');
  });

  it('does not render what a value holds, and cleans what steers a display', () => {
    expect(rendered('{{ x }}', '{{ actor.phone }}{% for %}')).toBe('{{ actor.phone }}{% for %}');
    expect(rendered('{{ x }}', 'a\u202eb\u0007c\td\r\ne')).toBe('abc d\ne');
    expect(rendered('{{ x }}.', { toString: 'no' })).toBe('.');
  });

  it('says nothing of prototypes', () => {
    expect(rendered('[{{ x.constructor.name }}{{ x.__proto__ }}]', { a: 1 })).toBe('[]');
  });

  it.each([
    ['{% include "/etc/passwd" %}', /include/],
    ['{% render "x" %}', /render/],
    ['{% layout "x" %}', /layout/],
    ['{{ actor.first_name | raw }}', /raw/],
    ['{{ actor.first_name | upcse }}', /upcse/],
    ['{% if actor.first_name %}', /not closed/],
    ['{{ actor.first_name', /not closed/],
  ])('is refused where it is defined: %s', (text, problem) => {
    expect(() => defineNotification({ name: 'test', text })).toThrow(problem);
    expect(() => defineNotification({ name: 'test', text })).toThrow(
      expect.objectContaining({ code: 'error.platform.notification.template-malformed' }),
    );
  });

  it.each([
    ['{% for i in (1..100000000) %}x{% endfor %}', /limit/],
    ['{% for i in (1..9999) %}{% for j in (1..9999) %}{% assign a = "x" %}{% endfor %}{% endfor %}', /limit/],
  ])('that never ends is stopped: %s', (text, problem) => {
    expect(() => textFor(defineNotification({ name: 'test', text }))).toThrow(problem);
  });

  it('that is held up once, by a busy computer say, is rendered all the same', () => {
    let readings = 0;
    const slow = {
      get value() {
        readings += 1;
        const until = performance.now() + 300;
        while (readings === 1 && performance.now() < until);
        return 'ok';
      },
    };
    expect(rendered('{{ x.value }}{{ "a,b" | split: "," | random }}!', slow)).toBe(
      rendered('ok{{ "a,b" | split: "," | random }}!', 0),
    );
    expect(readings).toBe(2);
  });

  it.each([
    ['{{ actor.frist_name }}', 'actor.frist_name', /first_name/],
    ['{{ tiem }}', 'tiem', /time/],
    ['{{ order.totl }}', 'order.totl', /total/],
    ['{{ order.total.cents }}', 'order.total.cents', /no parts/],
    ['{% if x == 1 %}{{ time }}{% endif %}', 'x', /There are/],
    ['{% for item in order.items %}{{ item.name }}{{ other }}{% endfor %}', 'other', /order/],
    ['{{ time | append: foo }}', 'foo', /There are/],
  ])('that names what is not declared is refused: %s', (text, variable, hint) => {
    const data = z.object({
      time: z.string(),
      order: z.object({ total: z.number().optional(), items: z.array(z.object({ name: z.string() })) }),
    });
    const define = () => defineNotification({ name: 'test', text, data });
    expect(define).toThrow(hint);
    expect(define).toThrow(
      expect.objectContaining({
        code: 'error.platform.notification.unknown-variable',
        details: expect.objectContaining({ variable }),
      }),
    );
  });

  it.each([
    '{% assign a = order.total %}{{ a }}',
    '{% for item in order.items %}{{ item.anything }}{{ forloop.index }}{% endfor %}',
    '{{ order.items[0].name }}{{ order.items.size }}{{ order.items.first.name }}',
    '{{ actor.attributes[time] }}',
    '{% capture b %}{{ time }}{% endcapture %}{{ b }}',
  ])('may name what it makes itself and what is declared: %s', (text) => {
    const data = z.object({
      time: z.string(),
      order: z.object({ total: z.number(), items: z.array(z.object({ name: z.string() })) }),
    });
    expect(() => defineNotification({ name: 'test', text, data })).not.toThrow();
  });
});

describe('filters', () => {
  const NEW_YORK = { timeZone: 'America/New_York', locale: 'en-US' };

  it.each([
    ['{{ x | number }}', 1234.5, {}, '1,234.5'],
    ['{{ x | number: 2 }}', '1234.5', { locale: 'en-IN' }, '1,234.50'],
    ['{{ x | number }}', 'many', {}, 'many'],
    ['{{ x | currency }}', 1234.5, {}, '$1,234.50'],
    ['{{ x | currency: "EUR" }}', 5, {}, '€5.00'],
    ['{{ x | date }}', '2026-12-01T14:05:00Z', NEW_YORK, 'Dec 1, 2026'],
    ['{{ x | date: "time" }}', '2026-12-01T14:05:00Z', NEW_YORK, '9:05 AM'],
    ['{{ x | date: "time" }}', '2026-12-01T14:05:00', NEW_YORK, '2:05 PM'],
    ['{{ x | date: "full" }}', '2026-12-01', NEW_YORK, 'Tuesday, December 1, 2026'],
    ['{{ x | date: "cccc d LLLL, H:mm" }}', Date.UTC(2026, 11, 1, 14, 5), NEW_YORK, 'Tuesday 1 December, 9:05'],
    [
      '{{ x | date: "%A %-d %B %Y, %l:%M %p 100%%" }}',
      '2026-12-01',
      NEW_YORK,
      'Tuesday 1 December 2026, 12:00 AM 100%',
    ],
    ['{{ "now" | date: "short" }}', 0, NEW_YORK, '11/24/2026'],
    ['{{ x | date: "short" }}', '2026-12-01', { locale: 'en-GB' }, '01/12/2026'],
    ['{{ x | date }}', 'soon', {}, 'soon'],
    ['{{ x | phone }}', '+14155550123', {}, '(415) 555-0123'],
    ['{{ x | phone }}', '+442079460958', {}, '+44 207 946 0958'],
    ['{{ x | phone }}', '+79161234567', {}, '+7 916 123 4567'],
    ['{{ x | phone }}', '+35312345678', {}, '+353 123 456 78'],
    ['{{ x | phone }}', '72975', {}, '72975'],
    ['{{ x | plural: "visit", "visits" }}', 1, {}, 'visit'],
    ['{{ x | plural: "# visit", "# visits" }}', 1200, {}, '1,200 visits'],
    ['{{ x | plural: one: "day", other: "days" }}', 0, {}, 'days'],
    ['{{ x | plural: "visit" }}', 3, {}, 'visit'],
    ['{{ x }}', ['a', 2, null], {}, 'a, 2,'],
  ])('%s of %j for %j', (text, x, actor, expected) => {
    expect(rendered(text, x, actor)).toBe(expected);
  });

  it('choose the form of the language', () => {
    const text = '{{ n | plural: one: "# dzień", few: "# dni", many: "# dni!", other: "# dnia" }}';
    const notification = defineNotification({ name: 'test', text: { pl: text }, data: { n: 'number' } });
    expect([1, 2, 5, 1.5].map((n) => textFor(notification, { n }).text)).toEqual([
      '1 dzień',
      '2 dni',
      '5 dni!',
      '1,5 dnia',
    ]);
  });

  it('write no spaces that would cost segments', () => {
    for (const locale of ['fr-FR', 'en-US', 'sv-SE', 'de-CH', 'es-ES']) {
      const text = '{{ n | number: 2 }}{{ n | currency: "EUR" }}{{ "2026-12-01T09:00:00" | date: "datetime" }}';
      const notification = defineNotification({ name: 'test', text: { [locale]: text }, data: { n: 'number' } });
      expect(textFor(notification, { n: 1234567.5 }).text).not.toMatch(/[\u00a0\u2007-\u200a\u202f]/);
    }
  });

  it('draw the same for the same message, and all there is over many', () => {
    const text = '{{ "Hi|Hello|Hey" | split: "|" | random }} {{ 6 | random }}';
    const notification = defineNotification({ name: 'test', text });
    const draw = (id: string) => textFor(notification, {}, {}, id).text;
    expect(draw('message-7')).toBe(draw('message-7'));
    const drawn = Array.from({ length: 300 }, (_, index) => draw(`message-${index}`));
    expect(new Set(drawn).size).toBe(18);
    for (const text of drawn) expect(text).toMatch(/^(Hi|Hello|Hey) [1-6]$/);
  });

  it('take whatever they are given, and never throw', () => {
    const text = '{{ x | random }}{{ x | number: x }}{{ x | date }}{{ x | phone }}{{ x | plural: x, "b" }}';
    const notification = defineNotification({ name: 'test', text, data: z.object({ x: z.any() }) });
    fc.assert(
      fc.property(fc.anything({ withDate: true, withBigInt: true }), (x) => {
        expect(typeof textFor(notification, { x }).text).toBe('string');
      }),
    );
  });

  it('that are told nonsense have the text refused, without saying what the value was', () => {
    expect(() => rendered('{{ x | date: "%Q" }}', '2026-12-01')).toThrow(/%Q/);
    expect(() => rendered('{{ 5 | currency: x }}', 'secret')).toThrow(/RangeError/);
    expect(() => rendered('{{ 5 | currency: x }}', 'secret')).not.toThrow(/secret/);
  });
});

describe('the locale', () => {
  const notification = defineNotification({
    name: 'test',
    text: {
      en: 'Hello {{ at | date: "short" }}',
      'es-MX': 'Hola MX {{ at | date: "short" }}',
      es: 'Hola',
      'pt-BR': 'Oi',
    },
    data: { at: 'date' },
  });
  it.each([
    [undefined, 'Hello 12/1/2026'],
    ['en-GB', 'Hello 01/12/2026'],
    ['es-MX', 'Hola MX 1/12/2026'],
    ['es_MX', 'Hola MX 1/12/2026'],
    ['es-AR', 'Hola'],
    ['pt-PT', 'Oi'],
    ['de', 'Hello 12/1/2026'],
    ['no locale at all', 'Hello 12/1/2026'],
  ])('%s: %s', (locale, expected) => {
    expect(textFor(notification, { at: '2026-12-01' }, locale === undefined ? {} : { locale }).text).toBe(expected);
  });
});

describe('data', () => {
  const notification = defineNotification({
    name: 'test',
    text: '{{ n }}{{ at }}{{ link }}{{ note }}',
    data: { n: 'number', at: 'date', link: 'link', note: { type: 'text', optional: true, maxLength: 5 } },
  });
  const good = { n: 1, at: '2026-12-01', link: 'https://a.example/b' };

  it.each([
    [{ ...good, n: '1' }, /n: /],
    [{ ...good, n: undefined }, /n: /],
    [{ ...good, at: 'tomorrow' }, /at: .*ISO 8601/],
    [{ ...good, link: 'javascript:alert(1)' }, /link: .*https/],
    [{ ...good, note: '123456' }, /note: /],
    [{ ...good, more: 1 }, /more/],
    ['text', /data/],
  ])('%j is refused', (data, problem) => {
    expect(() => takeData(notification, data)).toThrow(problem);
    expect(() => takeData(notification, data)).toThrow(
      expect.objectContaining({ code: 'error.platform.notification.data-malformed', status: 400 }),
    );
  });

  it('that is declared is taken', () => {
    expect(takeData(notification, { ...good, at: new Date(0), note: '12345' })).toMatchObject({ n: 1 });
  });

  it('may not be named like what is there already', () => {
    expect(() => defineNotification({ name: 'test', text: 'x', data: { actor: 'text' } })).toThrow(/there already/);
    expect(() => defineNotification({ name: 'test', text: 'x', data: z.object({ app: z.string() }) })).toThrow(/there/);
  });
});

describe('links alone', () => {
  const linked = (text: string) => textFor(defineNotification({ name: 'test', text, linkAlone: true }));
  it.each([
    ['Book here: https://a.example/b?c=1.', 'Book here:', ['https://a.example/b?c=1']],
    ['See https://a.example/b, or call.', 'See, or call.', ['https://a.example/b']],
    ['https://a.example/b', 'https://a.example/b', []],
    ['One\nhttps://a.example/1\nTwo https://a.example/2', 'One\nTwo', ['https://a.example/1', 'https://a.example/2']],
    ['No link', 'No link', []],
  ])('%j', (text, first, further) => {
    expect(linked(text)).toEqual({ text: first, further });
  });
});

describe('the length', () => {
  const rules = (notification: Notification) => reviewLength(notification, CUSTOMS).map(({ rule }) => rule);

  it('of a short text is nothing to speak of', () => {
    expect(rules(defineNotification({ name: 'test', text: 'Hi {{ actor.first_name }}' }))).toEqual([]);
  });
  it('of more than a segment, and characters that cost, are told of', () => {
    expect(rules(defineNotification({ name: 'test', text: 'a'.repeat(161) }))).toEqual(['long-notification']);
    expect(rules(defineNotification({ name: 'test', text: 'See you – soon' }))).toEqual(['costly-characters']);
  });
  it('that data may bring beyond what a message takes is told of', () => {
    const data = { note: { type: 'text', maxLength: 1600 } } as const;
    expect(rules(defineNotification({ name: 'test', text: 'Hi {{ note }}', data }))).toEqual(['long-notification']);
  });
  it('beyond what a message takes, with its own example, is refused', () => {
    const notification = defineNotification({ name: 'test', text: 'a'.repeat(1601) });
    expect(() => reviewLength(notification, CUSTOMS)).toThrow(/1601/);
  });
  it('of an example that its own schema does not take is refused', () => {
    const notification = defineNotification({
      name: 'test',
      text: '{{ n }}',
      data: z.object({ n: z.number() }),
      example: { n: 'x' as never },
    });
    expect(() => reviewLength(notification, CUSTOMS)).toThrow(/example/);
  });
});
