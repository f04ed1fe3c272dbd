import { type SimulatedActor, type Simulation, simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import organization, { invitations } from './parley.config.ts';
import { answersIn, inWords } from './results.ts';
import { texts } from './texts.ts';

let clinic: Simulation;
let ann: SimulatedActor;
let rosa: SimulatedActor;
beforeEach(async () => {
  clinic = await simulate(organization);
  ann = clinic.actor('+14155550123');
  rosa = clinic.actor('+14155550124');
});
afterEach(() => clinic.close());

async function invite(): Promise<void> {
  await invitations.broadcast('invitation', [{ to: '+14155550123' }, { to: '+14155550124' }]);
  await clinic.advance({ minutes: 1 });
}

const answers = () => answersIn(clinic.organization);

describe('a survey', () => {
  it('invites people in their language, and takes their reply as the score', async () => {
    await invite();
    expect(ann.lastText).toMatch(/^Riverside Clinic: how was your visit, Ann\?/);
    expect(rosa.lastText).toMatch(/^Riverside Clinic: ¿qué tal fue su visita, Rosa\?/);
    expect(await ann.text('5')).toEqual(['Thank you for the 5! What did you like best? Or reply NO.']);
    expect(await rosa.text('bueno')).toEqual([texts('score').in({ locale: 'es' })]);
    expect(await rosa.text('dos')).toEqual([
      'Gracias por el 2, y sentimos que no fuera mejor. ¿Qué falló? O responda NO.',
    ]);
    expect(await ann.text('The nurse was very kind')).toEqual(['Thank you, Ann, that helps us.']);
    expect(await rosa.text('Esperé una hora')).toEqual(['Gracias, Rosa, nos ayuda mucho.']);
    expect(await answers()).toEqual([
      { score: 2, comment: 'Esperé una hora' },
      { score: 5, comment: 'The nurse was very kind' },
    ]);
  });

  it('asks for a number where the reply is none', async () => {
    expect(await ann.text('it was ok')).toEqual([expect.stringMatching(/^How was your visit/)]);
    expect(await ann.text('eleven')).toEqual([expect.stringMatching(/^Please answer with a number from 1 to 5\./)]);
    expect(await ann.text('four')).toEqual([expect.stringMatching(/^Thank you for the 4!/)]);
  });

  it('keeps a score without a comment', async () => {
    await ann.text('3');
    expect(await ann.text('No.')).toEqual(['Thank you, Ann, that helps us.']);
    await rosa.text('4');
    await clinic.advance({ days: 2 });
    expect(await rosa.state()).toBeUndefined();
    expect(await answers()).toEqual([{ score: 4 }, { score: 3 }]);
  });

  it('thanks people whose name nobody knows', async () => {
    const stranger = clinic.actor('+14155550188');
    await stranger.text('1');
    expect(await stranger.text('everything')).toEqual(['Thank you, that helps us.']);
  });

  it('counts nobody twice', async () => {
    await ann.text('5');
    await ann.text('all of it');
    expect(await ann.text('1')).toEqual(['We have your answer already. Thank you!']);
    expect(await answers()).toHaveLength(1);
  });

  it('takes no comment that is too long', async () => {
    await ann.text('5');
    expect(await ann.text('x'.repeat(601))).toEqual([texts('long').toString()]);
    expect(await ann.text('the view')).toEqual(['Thank you, Ann, that helps us.']);
  });

  it('lets people out, and leaves it to the provider to confirm that', async () => {
    await ann.text('2');
    expect(await ann.text('STOP')).toEqual([]);
    await invite();
    expect(ann.lastText).not.toMatch(/how was your visit/);
    expect(rosa.lastText).toMatch(/qué tal fue su visita/);
  });
});

describe('its results', () => {
  it('are counted, with the newest comments', () => {
    const all = [{ score: 5, comment: 'kind\u001b[31m people' }, { score: 5 }, { score: 2, comment: 'late' }];
    expect(inWords(all)).toBe(
      [
        '3 answers, 4.0 on average',
        `  5  ${'█'.repeat(20)} 2`,
        '  4   0',
        '  3   0',
        `  2  ${'█'.repeat(10)} 1`,
        '  1   0',
        '  5: kind [31m people',
        '  2: late',
        '',
      ].join('\n'),
    );
    expect(inWords([])).toBe('Nobody has answered yet.\n');
  });
});

describe('its texts', () => {
  it('have all forms of their languages', () => {
    expect(texts.check()).toEqual([]);
  });
});
