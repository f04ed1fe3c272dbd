import { emit, setup } from 'xstate';
import { controlled } from './controlled.ts';
import { heard } from './steps.ts';

export const work = () => controlled<unknown, unknown>();

export const job = (id: string, src = work()) => ({
  src,
  id,
  onDone: { actions: emit(heard) },
  onError: { actions: emit(heard) },
});

export const named = setup({ actors: { work: work(), other: work() } });
