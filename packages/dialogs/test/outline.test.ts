import { saidBy } from '@parley/core';
import { outlineOf } from '@parley/core/host';
import { expect, it } from 'vitest';
import { capture } from '../src/index.ts';
import { machine } from './asking.ts';
import { drink } from './tea.ts';

it('shows in an outline under its own name, with its exits', () => {
  const first = outlineOf(machine).states.find(({ key }) => key === 'first');
  expect(first?.invokes).toEqual(['capture']);
  expect(
    first?.transitions.filter(({ event }) => event.startsWith('xstate.done')).flatMap(({ targets }) => targets),
  ).toEqual(expect.arrayContaining(['second', 'done']));
});

it('leaves what it says, as far as it is known, for lints to see', () => {
  const dialog = capture({
    prompt: ['Coffee or tea?', 'COFFEE or TEA?'],
    parse: drink,
    reminders: [{ after: 1000, words: 'Well?' }],
    commands: { explain: { matches: ['?'], words: 'We have two drinks.' } },
  });
  const said = (actions: readonly unknown[]) => actions.flatMap((action) => saidBy(action)?.text ?? []);
  const texts = Object.values(dialog.root.states).flatMap(({ transitions, always = [] }) =>
    [...transitions.values(), always].flat().flatMap(({ actions }) => said(actions)),
  );
  expect(new Set(texts)).toEqual(new Set(['Coffee or tea?', 'COFFEE or TEA?', 'Well?', 'We have two drinks.']));
});
