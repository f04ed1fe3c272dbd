import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { Choices } from '../src/choices.ts';
import { ask } from '../src/questions.ts';

const ENTER = '\r';
const CTRL_C = '\x03';
const DOWN = '\x1b[B';

/** Answers the questions that have these words in them, in this order, by typing. */
async function answer(given: Partial<Choices>, answers: readonly (readonly [question: RegExp, typed: string])[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const waiting = [...answers];
  let asked = '';
  output.on('data', (data) => {
    asked += data;
    const [question, typed] = waiting[0] ?? [];
    if (question === undefined || !question.test(asked)) return;
    waiting.shift();
    asked = '';
    setImmediate(() => input.write(typed ?? ''));
  });
  const choices = await ask(given, { input, output });
  expect(waiting).toEqual([]);
  return choices;
}

it('asks for folder, name, storage, and whether to install; Enter takes what is suggested', async () => {
  const choices = await answer({}, [
    [/which folder/, ENTER],
    [/Who is it/, ENTER],
    [/conversations be kept/, ENTER],
    [/Install/, ENTER],
  ]);
  expect(choices).toEqual({
    folder: 'my-bot',
    name: 'My Bot',
    number: '+14155550100',
    storage: 'sqlite',
    install: true,
    git: true,
  });
});

it('takes what is typed, and asks for nothing that was given', async () => {
  const choices = await answer({ folder: 'corner-cafe', install: false }, [
    [/Who is it/, `Corner Café${ENTER}`],
    [/conversations be kept/, `${DOWN}${ENTER}`],
  ]);
  expect(choices).toMatchObject({ folder: 'corner-cafe', name: 'Corner Café', storage: 'postgres', install: false });
});

it('is given up at any question', async () => {
  expect(await answer({}, [[/which folder/, CTRL_C]])).toBeUndefined();
  expect(await answer({ folder: 'a', name: 'A' }, [[/conversations be kept/, CTRL_C]])).toBeUndefined();
});
