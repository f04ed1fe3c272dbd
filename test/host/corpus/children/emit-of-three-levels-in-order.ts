import { type AnyStateMachine, createMachine, forwardTo } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { says, send } from '../../support/steps.ts';

const level = (name: string, below?: AnyStateMachine): AnyStateMachine =>
  createMachine({
    entry: says(`${name} begins`),
    ...(below && { invoke: { src: below, id: 'c' } }),
    on: { go: { actions: [says(`${name} before`), ...(below ? [forwardTo('c')] : []), says(`${name} after`)] } },
  } as never);

export default {
  machine: level('one', level('two', level('three'))),
  script: [send('go'), send('go')],
} satisfies Scenario;
