import { afterEach, beforeEach, expect, it } from 'vitest';
import { suiteNeeding } from '../support/needs.ts';
import { counted, eventually, Fleet, newSid, person } from './support/fleet.ts';
import { dropSchema, findServer, newSchema } from './support/server.ts';

const { need, url } = await findServer();

let schema: string;
let fleet: Fleet | undefined;

beforeEach(() => {
  schema = newSchema();
});

afterEach(async () => {
  await fleet?.close();
  fleet = undefined;
  if (need.missing === undefined) await dropSchema(url, schema);
});

async function start(settings: Partial<Parameters<typeof Fleet.start>[0]>): Promise<Fleet> {
  fleet = await Fleet.start({ servers: 2, storage: { url, schema, pool: 6 }, ...settings });
  return fleet;
}

suiteNeeding(need, 'several servers on one PostgreSQL', () => {
  it.each([2, 4])(
    'reply once to a webhook that comes to all %s of them',
    async (servers) => {
      const { text, said } = bound(await start({ servers, reminder: 60_000 }));
      const texts = Array.from({ length: 25 }, (_, index) => ({
        from: person(index),
        body: `hello ${index}`,
        sid: newSid(),
      }));
      const answers = await Promise.all(
        texts.flatMap(({ from, body, sid }) =>
          Array.from({ length: servers }, (_, index) => text(index, from, body, sid)),
        ),
      );
      expect(new Set(answers)).toEqual(new Set([200]));
      const expected = texts.flatMap(({ body }) => [`found ${body}`, `got ${body} as number 1`]);
      await eventually(() => expect(textsOf(said())).toEqual(expected.toSorted()));
    },
    60_000,
  );

  it.each([2, 4])(
    'take 20 texts at once, spread over %s of them, as 20 turns',
    async (servers) => {
      const { text, said } = bound(await start({ servers, reminder: 60_000 }));
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => text(index % servers, person(0), `text ${index}`)),
      );
      expect(new Set(answers)).toEqual(new Set([200]));
      const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
      await eventually(() => expect(numbersOf(said())).toEqual(numbers));
      for (const [one, times] of counted(said())) expect(`${times} × ${one}`).toBe(`1 × ${one}`);
    },
    60_000,
  );

  it('fire the timers of a thousand conversations once each', async () => {
    const { text, said } = bound(await start({ servers: 2, reminder: 3_000, lookUp: 1 }));
    const people = Array.from({ length: 1_000 }, (_, index) => index);
    const answers: number[] = [];
    for (let from = 0; from < people.length; from += 100) {
      const some = people.slice(from, from + 100);
      answers.push(...(await Promise.all(some.map((index) => text(index % 2, person(index), `text of ${index}`)))));
    }
    expect(new Set(answers)).toEqual(new Set([200]));
    await eventually(() => expect(said()).toHaveLength(3_000));
    const counts = counted(said());
    for (const index of people) {
      const text = `text of ${index}`;
      expect(
        [`got ${text} as number 1`, `found ${text}`, `still there after ${text}?`].map((one) => counts.get(one)),
      ).toEqual([1, 1, 1]);
    }
  }, 90_000);

  it('go on with what one of them was at when it was killed with -9, once its lease is over', async () => {
    const both = await start({ servers: 2, reminder: 400, lookUp: 300, hasty: true });
    const { text, said } = bound(both);
    const acknowledged = new Set<string>();
    const unanswered = new Set<string>();
    let over = false;
    const people = Array.from({ length: 10 }, async (_, index) => {
      for (let n = 1; !over; n++) {
        const body = `text ${n} of person ${index}`;
        // Whoever gets no answer tries the other one, as Twilio does with a fallback URL.
        const sid = newSid();
        let answer = await text(index % 2, person(index), body, sid);
        if (answer !== 200) answer = await text(1 - (index % 2), person(index), body, sid);
        (answer === 200 ? acknowledged : unanswered).add(body);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    });
    const acknowledgedAre = (many: number) => eventually(() => expect(acknowledged.size).toBeGreaterThan(many));
    await acknowledgedAre(50);
    await both.kill(0);
    await acknowledgedAre(80);
    over = true;
    await Promise.all(people);
    await eventually(() => {
      const counts = repliesTo(said());
      expect([...acknowledged].filter((body) => counts.get(body) !== 1)).toEqual([]);
      // The last text of each has nobody to hurry its task and its timer away.
      const all = counted(said());
      for (const last of lastOf(said())) {
        expect([all.get(`found ${last}`), all.get(`still there after ${last}?`)]).toEqual([1, 1]);
      }
    });
    for (const [one, times] of counted(said())) expect(`${times} × ${one}`).toBe(`1 × ${one}`);
    for (const body of unanswered) expect(repliesTo(said()).get(body) ?? 0).toBeLessThanOrEqual(1);
  }, 90_000);
});

type Said = ReturnType<Fleet['said']>;

function bound(one: Fleet): Pick<Fleet, 'text' | 'said'> {
  return { text: one.text.bind(one), said: one.said.bind(one) };
}

function textsOf(said: Said): readonly string[] {
  return said.map(({ text }) => text).toSorted();
}

function numbersOf(said: Said): readonly number[] {
  const numbers = said.flatMap(({ text }) => /^got .* as number (\d+)$/.exec(text)?.[1] ?? []).map(Number);
  return numbers.toSorted((one, other) => one - other);
}

/** How often each text was replied to. */
function repliesTo(said: Said): ReadonlyMap<string, number> {
  return counted(
    said.flatMap(({ text }) => {
      const body = /^got (.*) as number \d+$/.exec(text)?.[1];
      return body === undefined ? [] : [{ text: body }];
    }),
  );
}

function lastOf(said: Said): readonly string[] {
  const last = new Map<string, string>();
  for (const { to, text } of said) {
    const body = /^got (.*) as number \d+$/.exec(text)?.[1];
    if (body !== undefined) last.set(to, body);
  }
  return [...last.values()];
}
