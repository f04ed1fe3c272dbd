import fc from 'fast-check';
import type { Happening } from '../support/scenario.ts';
import type {
  ActionSpec,
  ActorSpec,
  DelaySpec,
  GuardSpec,
  InvokeSpec,
  MachineSpec,
  RandomScenario,
  StateSpec,
  TransitionSpec,
} from './spec.ts';

const event = fc.constantFrom('e0', 'e1', 'e2', 'e3');
const child = fc.constantFrom('a', 'b');
const timer = fc.constantFrom('x', 'y');
const systemId = fc.constantFrom('system 1', 'system 2');
const delay: fc.Arbitrary<DelaySpec> = fc.constantFrom<DelaySpec>(10, 20, 50, 0, 10.5, 'named', 'dynamic');
const place = fc.nat({ max: 9 });

/** There in so many cases for each (or `absent`) in which it is not; a key without a value is left out. */
function sometimes<Value>(
  arbitrary: fc.Arbitrary<Value>,
  present: number,
  absent = 1,
): fc.Arbitrary<Value | undefined> {
  // What is absent comes first, because the first is what shrinking tries.
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: absent }, { arbitrary, weight: present });
}

/** A list that is empty more often than not. */
function few<Value>(arbitrary: fc.Arbitrary<Value>, most: number, emptyWeight = 2): fc.Arbitrary<Value[]> {
  return fc.oneof(
    { arbitrary: fc.constant<Value[]>([]), weight: emptyWeight },
    { arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: most }), weight: 1 },
  );
}

function record<Value>(model: { [Key in keyof Value]-?: fc.Arbitrary<Value[Key]> }): fc.Arbitrary<Value> {
  return fc.record(model).map((value) => {
    const kept = Object.entries(value as object).filter(([, item]) => item !== undefined);
    return Object.fromEntries(kept) as Value;
  });
}

const { guard } = fc.letrec<{ guard: GuardSpec }>((tie) => ({
  guard: fc.oneof(
    { maxDepth: 2 },
    { arbitrary: record<GuardSpec & { kind: 'count' }>({ kind: fc.constant('count'), rest: fc.nat(2) }), weight: 4 },
    { arbitrary: record<GuardSpec & { kind: 'in' }>({ kind: fc.constant('in'), state: place }), weight: 1 },
    { arbitrary: record<GuardSpec & { kind: 'not' }>({ kind: fc.constant('not'), guard: tie('guard') }), weight: 1 },
  ),
}));

const sent = { event, delay: sometimes(delay, 1), id: sometimes(timer, 1) };

type Do<Name extends ActionSpec['do']> = Extract<ActionSpec, { readonly do: Name }>;

function act<Name extends ActionSpec['do']>(
  name: Name,
  model: { [Key in Exclude<keyof Do<Name>, 'do'>]-?: fc.Arbitrary<Do<Name>[Key]> },
  weight: number,
): fc.WeightedArbitrary<ActionSpec> {
  return { arbitrary: record({ do: fc.constant(name), ...model } as never), weight };
}

const simple = [
  act('emit', {}, 4),
  act('count', {}, 5),
  act('keep', { value: fc.nat(7) }, 1),
  act('refer', { to: fc.constantFrom('self', 'parent', 'a', 'b') }, 2),
  act('raise', sent, 5),
  act('cancel', { id: timer }, 3),
  act('sendTo', { child, ...sent }, 4),
  act('sendToId', { child, ...sent }, 3),
  act('sendToRef', sent, 2),
  act('sendToSystem', { systemId, ...sent }, 1),
  act('sendParent', sent, 3),
  act('sendSelf', { event }, 1),
  act('forward', { child }, 2),
  act(
    'spawn',
    {
      actor: place,
      id: sometimes(child, 3),
      systemId: sometimes(systemId, 1, 6),
      isInline: fc.boolean(),
      sync: fc.boolean(),
    },
    3,
  ),
  act('spawnRef', { actor: place, id: sometimes(child, 2) }, 2),
  act('stop', { child }, 2),
  act('throw', { rest: fc.nat(2) }, 1),
];

const action: fc.Arbitrary<ActionSpec> = fc.oneof(
  ...simple,
  act(
    'enqueue',
    { actions: fc.array(fc.oneof(...simple), { minLength: 1, maxLength: 3 }), guard: sometimes(guard, 1) },
    3,
  ),
);

const transitionModel = {
  target: sometimes(place, 3),
  reenter: fc.boolean(),
  guard: sometimes(guard, 1),
  actions: few(action, 3, 1),
};
const transition = record<TransitionSpec>(transitionModel);
const often = sometimes(transition, 2);

const invoke = record<InvokeSpec>({
  actor: place,
  id: sometimes(child, 3),
  systemId: sometimes(systemId, 1, 5),
  isInline: fc.boolean(),
  onDone: often,
  onError: often,
  onSnapshot: sometimes(transition, 1, 2),
});

const heard = fc.oneof(
  { arbitrary: event, weight: 12 },
  {
    arbitrary: fc.constantFrom('*', 'xstate.done.actor.*', 'xstate.error.actor.*', 'xstate.snapshot.*'),
    weight: 2,
  },
);

const bare: StateSpec = {
  type: 'atomic',
  states: [],
  entry: [],
  exit: [],
  on: [],
  always: [],
  after: [],
  invoke: [],
  hasOutput: false,
};

/** What any state that is no pseudo state can have. */
const body = {
  entry: few(action, 2),
  exit: few(action, 2, 4),
  on: few(record<StateSpec['on'][number]>({ event: heard, ...transitionModel }), 3, 1),
  always: few(transition, 2, 8),
  after: few(record<StateSpec['after'][number]>({ delay, ...transitionModel }), 2, 3),
  invoke: few(invoke, 2, 3),
  onDone: sometimes(transition, 4),
  hasOutput: fc.boolean(),
};

const atomic = record<StateSpec>({
  ...body,
  type: fc.constant('atomic'),
  states: fc.constant([]),
  onDone: fc.constant(undefined),
});
const final = record<Pick<StateSpec, 'entry' | 'hasOutput'>>({ entry: few(action, 1, 4), hasOutput: fc.boolean() }).map(
  (parts): StateSpec => ({ ...bare, ...parts, type: 'final' }),
);
const history = fc.constantFrom<StateSpec['type']>('shallow', 'deep').map((type): StateSpec => ({ ...bare, type }));

function state(depth: number): fc.Arbitrary<StateSpec> {
  return depth === 0
    ? fc.oneof({ arbitrary: atomic, weight: 1 }, { arbitrary: final, weight: 1 })
    : fc.oneof(
        { arbitrary: atomic, weight: 4 },
        { arbitrary: branch(depth), weight: 4 },
        { arbitrary: final, weight: 3 },
      );
}

/** A state with states: one at least that is no history. */
function branch(depth: number): fc.Arbitrary<StateSpec> {
  const inner = fc
    .tuple(
      atomic,
      fc.array(fc.oneof({ arbitrary: state(depth - 1), weight: 4 }, { arbitrary: history, weight: 1 }), {
        maxLength: 2,
      }),
    )
    .map(([first, others]) => [first, ...others]);
  return record<StateSpec>({
    ...body,
    type: fc.oneof(
      { arbitrary: fc.constant('compound' as const), weight: 3 },
      { arbitrary: fc.constant('parallel' as const), weight: 1 },
    ),
    states: inner,
  });
}

/** A machine with machines of machines in it, `depth` deep. */
function machine(depth: number, size: number): fc.Arbitrary<MachineSpec> {
  const others: fc.WeightedArbitrary<ActorSpec>[] = [
    { arbitrary: fc.constant<ActorSpec>({ kind: 'promise' }), weight: 2 },
    { arbitrary: fc.constant<ActorSpec>({ kind: 'transition' }), weight: 1 },
  ];
  const actor =
    depth === 0
      ? fc.oneof(...others)
      : fc.oneof(
          {
            arbitrary: machine(depth - 1, Math.max(1, size - 1)).map(
              (one): ActorSpec => ({ kind: 'machine', machine: one }),
            ),
            weight: 4,
          },
          ...others,
        );
  return record<MachineSpec>({
    root: fc.oneof({ arbitrary: branch(size), weight: 6 }, { arbitrary: atomic, weight: 1 }),
    actors: fc.array(actor, { minLength: 1, maxLength: depth > 1 ? 3 : 2 }),
    hasOutput: fc.boolean(),
  });
}

const which = fc.constantFrom('*', '*', '*1', '*2');
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { arbitrary: event.map((type): Happening => ({ send: { type } })), weight: 6 },
  { arbitrary: fc.constantFrom(5, 10, 20, 50, 200).map((advance): Happening => ({ advance })), weight: 4 },
  { arbitrary: fc.record({ resolve: which, output: fc.constantFrom<unknown>(1, undefined, 'text') }), weight: 3 },
  { arbitrary: which.map((reject): Happening => ({ reject, error: new RangeError('rejected') })), weight: 2 },
);

/** Machines with everything that a hosted machine may have, and what happens to them. */
export const scenario: fc.Arbitrary<RandomScenario> = fc.record({
  machine: machine(3, 2),
  script: fc.array(happening, { minLength: 2, maxLength: 10 }),
});
