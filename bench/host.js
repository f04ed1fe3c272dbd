// What it costs that a machine lives in a document: the processor time of one hosted step (parse the document, take in an event, write
// the document) over that of the same event sent to (a) an actor in memory and (b) an actor in memory whose snapshot is
// persisted and written as JSON after it. By number of states and of machines inside of one another. Rounds alternate.
import { createHost } from '@parley/core/host';
import { assign, createActor, createMachine, forwardTo } from 'xstate';

const ROUNDS = Number(process.env.ROUNDS ?? 15);
/** Milliseconds of each of the three in a round. */
const SLICE = Number(process.env.SLICE ?? 50);
const NEXT = { type: 'next' };

process.stdout.write('states  depth     live      (b)   hosted   /live    /(b)   createHost\n');
for (const depth of [0, 1, 3]) for (const states of [12, 100, 1000]) measure(states, depth);

function measure(states, depth) {
  const machine = nested(states, depth);
  const before = process.cpuUsage();
  const host = createHost(machine);
  const creation = spent(before) / 1000;
  const live = createActor(machine).start();
  const persisted = createActor(machine).start();
  let json = JSON.stringify(host.start(undefined, 0).document);
  const runs = {
    live: () => live.send(NEXT),
    persisted: () => {
      persisted.send(NEXT);
      return JSON.stringify(persisted.getPersistedSnapshot());
    },
    hosted: () => {
      json = JSON.stringify(host.step(JSON.parse(json), { kind: 'event', event: NEXT }, 0).document);
    },
  };
  for (const run of Object.values(runs)) time(run);
  const rounds = Array.from({ length: ROUNDS }, () =>
    Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, time(run)])),
  );
  live.stop();
  persisted.stop();
  const [a, b, hosted] = Object.keys(runs).map((name) => median(rounds.map((round) => round[name])));
  const ratio = (name) => median(rounds.map((round) => round.hosted / round[name]));
  const columns = [
    [states, 6],
    [depth, 7],
    [`${a.toFixed(0)} µs`, 9],
    [`${b.toFixed(0)} µs`, 9],
    [`${hosted.toFixed(0)} µs`, 9],
    [ratio('live').toFixed(1), 8],
    [ratio('persisted').toFixed(1), 8],
    [`${creation.toFixed(0)} ms`, 13],
  ];
  process.stdout.write(`${columns.map(([text, width]) => String(text).padStart(width)).join('')}\n`);
}

/** Microseconds of processor for one run. */
function time(run) {
  const end = performance.now() + SLICE;
  const before = process.cpuUsage();
  let count = 0;
  do {
    for (let batch = 0; batch < 20; batch++) run();
    count += 20;
  } while (performance.now() < end);
  return spent(before) / count;
}

function spent(before) {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** A machine in which every event moves each of `depth + 1` machines on by a state, each with a timer. */
function nested(states, depth) {
  const below = depth === 0 ? undefined : nested(states, depth - 1);
  const step = assign({ count: ({ context }) => context.count + 1, last: ({ event }) => event.type });
  return createMachine({
    id: `level-${depth}`,
    context: {
      count: 0,
      last: '',
      name: 'Ann',
      address: { street: 'Main Street', town: 'Springfield' },
      wishes: ['a', 'b'],
    },
    ...(below && { invoke: { src: below, id: 'below' } }),
    initial: 's0',
    states: Object.fromEntries(
      Array.from({ length: states }, (_, index) => [
        `s${index}`,
        {
          after: { 60000: `s${(index + 2) % states}` },
          on: { next: { target: `s${(index + 1) % states}`, actions: below ? [step, forwardTo('below')] : step } },
        },
      ]),
    ),
  });
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
