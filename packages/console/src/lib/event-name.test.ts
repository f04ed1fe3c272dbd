import { describe, expect, it } from 'vitest';
import { eventName, outlineEvent } from './event-name.ts';

describe('the name of an event', () => {
  it.each([
    ['message.received', 'message.received'],
    ['xstate.init', 'start'],
    ['xstate.after.patience.survey.intro', 'after patience'],
    ['xstate.after.120000.survey.talking.clock.fresh', 'after 2 min'],
    ['xstate.after.5400500.a', 'after 1 h 30 min 500 ms'],
    ['xstate.done.actor.task-1', 'done: task-1'],
    ['xstate.error.actor.task-1', 'error: task-1'],
    ['xstate.done.state.survey.talking', 'done: survey.talking'],
  ])('of %s is %s', (type, name) => expect(eventName(type)).toBe(name));

  it('is found in the outline of a machine', () => {
    expect(outlineEvent('')).toBe('always');
    expect(outlineEvent('xstate.done.actor.ask')).toBe('done');
    expect(outlineEvent('xstate.error.actor.ask')).toBe('error');
    expect(outlineEvent('xstate.after.600000.ask.asked')).toBe('after 10 min');
  });
});
