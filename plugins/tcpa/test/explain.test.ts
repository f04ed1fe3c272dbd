import { type CommandContext, defineApp, defineOrganization, ParleyError, systemClock } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier } from '@parley/testing';
import { describe, expect, it } from 'vitest';
import { DATA_VERSION, type TcpaOptions, tcpa } from '../src/index.ts';

const NOW = Date.parse('2026-11-24T10:00Z');

/** What the command prints, and its exit code. */
async function explain(args: readonly string[], options: TcpaOptions = {}, data: CommandContext['data'] = noData) {
  const storage = memoryStorage();
  await storage.open({ clock: systemClock, log: { debug() {}, info() {}, warn() {}, error() {} } });
  await storage
    .keyv('actors')
    .set('+12125550123', { address: '+12125550123', region: 'FL', timeZone: 'America/Chicago' });
  let text = '';
  const context: CommandContext = {
    organization: defineOrganization({
      name: 'Test',
      apps: [defineApp({ id: 'app', number: '+14155550100', mode: 'published' })],
      transports: { sms: new SimulatedCarrier() },
      storage,
      plugins: [],
      actors: [{ address: '+14155550177', postalCode: '79901', timeZone: 'America/Denver' }],
    }),
    data,
    clock: { ...systemClock, now: () => NOW },
    newId: () => '1',
    output: { write: (chunk: string) => (text += chunk) },
    input: (async function* () {})(),
  };
  const command = tcpa(options).commands?.explain;
  const code = await command!.run(args, context);
  await storage.close();
  return { code, text };
}

const noData = async () => ({}) as never;

describe('parley tcpa explain', () => {
  it('says which rule decides, with its source, and when a text may be sent', async () => {
    const { code, text } = await explain(['+13055550123', '--at', '2026-11-25T01:30Z']);
    expect(code).toBe(1);
    expect(text).toContain('to …0123, 2026-11-25 01:30 UTC');
    expect(text).not.toContain('+13055550123');
    expect(text).toContain('by the area code 305, which is no proof of residence');
    expect(text).toContain('may not be sent now, by TCPA-FL-America/New_York');
    expect(text).toContain('error.platform.tcpa.quiet-hours');
    expect(text).toContain('Florida allows texts from 08:00 to 20:00 on this day, and it is 20:30 there');
    expect(text).toContain('2026-11-25 13:00 UTC, Wed 2026-11-25 08:00 there');
    expect(text).toContain('Cap        3 in 24 hours (TCPA-FL-3-in-24h)');
    expect(text).toContain('Confidence high');
    expect(text).toContain('http://www.lawserver.com/law/state/florida/statutes/florida_statutes_501-616');
    expect(text).toContain(`Data of ${DATA_VERSION}`);
    expect(text).toContain('not legal advice');
  });

  it('says that a text may be sent, and by which rules', async () => {
    const { code, text } = await explain(['+13055550123', '--at', '2026-11-24T10:00-05:00']);
    expect(code).toBe(0);
    expect(text).toContain('may be sent, all calendars are open');
    expect(text).toContain('Rule       United States (federal): 08:00-21:00');
    expect(text).toContain('Rule       Florida: 08:00-20:00');
  });

  it('asks about now, by what the configuration, the data or the question says of a person', async () => {
    expect((await explain(['+14155550177'])).text).toContain('TCPA-TX-America/Denver');
    expect((await explain(['+12125550123'])).text).toContain('TCPA-FL-America/Chicago');
    const asked = await explain(['+12125550123', '--region', 'HI', '--category', 'marketing', '--name', 'news']);
    expect(asked.text).toContain('by TCPA-HI-Pacific/Honolulu');
    expect(asked.text).toContain('a text of the category marketing'.replace('a', 'A'));
    const failing = await explain(['+12125550123'], {}, async () => {
      throw new ParleyError('error.platform.storage.in-use', { file: 'x' });
    });
    expect(failing.text).toContain('the profile could not be read (error.platform.storage.in-use)');
    expect(failing.text).toContain('TCPA-NY-America/New_York');
  });

  it.each(['FL', 'us-fl', 'Florida', 'ON', 'CA-ON', 'Ontario', 'PR'])('takes the region %s', async (region) => {
    expect((await explain(['+12125550123', '--region', region])).text).toContain(`by the region ${region}`);
  });

  it('says what becomes of a text, and what was overridden by whom', async () => {
    const overrides = [{ place: 'CA', hours: { weekday: '10:00-18:00' }, source: 'memo of counsel, 2026-10-01' }];
    const { text } = await explain(['+14155550123', '--name', 'news'], { overrides, notifications: { news: 'skip' } });
    expect(text).toContain('it is refused');
    expect(text).toContain('Override   memo of counsel, 2026-10-01');
    expect(text).toContain('Source     memo of counsel, 2026-10-01');
    expect((await explain(['+12075550123', '--at', '2026-11-24T18:00Z'])).text).toContain(
      'Strict     09:00-17:00, Saturday none, Sunday none, with the profile strict',
    );
    expect(text).toContain('2026-11-24 18:00 UTC, Tue 2026-11-24 10:00 there');
    const anyway = await explain(['+14155550123'], { outside: { send: 'why not' } });
    expect(anyway.text).toContain('it is sent anyway: why not');
  });

  it('knows emergencies, unknown places and unknown countries', async () => {
    expect(await explain(['+14155550123', '--category', 'emergency'])).toMatchObject({ code: 0 });
    const unknown = await explain(['+18005550123']);
    expect(unknown.text).toContain('the strictest decides');
    expect(unknown.text).toMatch(/and \d+ more, of which all have to be open/);
    expect((await explain(['+4930123456'])).text).toContain('no rule is known for this country; such texts are sent');
    expect(await explain(['+4930123456'], { elsewhere: 'skip' })).toMatchObject({ code: 1 });
  });

  it.each([
    [[]],
    [['12']],
    [['+14155550123', '+14155550124']],
    [['+14155550123', '--at', 'noon']],
    [['+14155550123', '--category', 'spam']],
    [['+14155550123', '--app', 'none']],
    [['+14155550123', '--time-zone', 'America/Miami']],
    [['+14155550123', '--time-zone', '']],
    [['+14155550123', '--region', 'Floridia']],
    [['+14155550123', '--region', 'XX']],
    [['+14155550123', '--region', 'US-ON']],
    [['+14155550123', '--nonsense']],
  ])('refuses arguments that make no sense: %s', async (args) => {
    await expect(explain(args)).rejects.toThrow(/command-line\.malformed/);
  });
});
