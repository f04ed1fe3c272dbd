import { describe, expect, expectTypeOf, it } from 'vitest';
import type { MessageStatus } from './message.ts';
import type { HookKind, HookOf, Hooks, OutboundView, Plugin, Verdict } from './plugin.ts';
import { hookKinds } from './plugin.ts';
import { createPluginDriver } from './plugin-driver.ts';
import { type Log, silentLog } from './runtime.ts';

const view = { message: { text: 'hello' }, record: { text: 'hello' }, now: 0 } as OutboundView;
const defer = (until: number): Verdict => ({ kind: 'defer', until, code: `until ${until}` });
const policy = (name: string, verdict: Verdict | undefined): Plugin => ({ name, checkOutbound: () => verdict });
const check = (...plugins: Plugin[]) => createPluginDriver(plugins, silentLog).check(view);

describe('hook kinds', () => {
  it('are known for every hook, and name the hooks of a kind in types', () => {
    expectTypeOf(hookKinds).toExtend<Record<keyof Hooks, HookKind>>();
    expectTypeOf<HookOf<'gate'>>().toEqualTypeOf<'checkOutbound'>();
    expectTypeOf<HookOf<'observe'>>().toEqualTypeOf<'observeMessage' | 'observeActivity'>();
    const driver = createPluginDriver([], silentLog);
    // @ts-expect-error checkOutbound is a gate and can not be run as an observer
    void driver.observe('checkOutbound', view);
    // @ts-expect-error a gate answers with a verdict or nothing
    const wrong: Plugin = { name: 'wrong', checkOutbound: () => true };
    // @ts-expect-error there is no such hook
    const misspelt: Plugin = { name: 'misspelt', checkOutbond: () => undefined };
    expect([wrong.name, misspelt.name]).toEqual(['wrong', 'misspelt']);
  });
});

describe('createPluginDriver', () => {
  it('refuses two plugins of one name, and one that comes before what it depends on', () => {
    const make =
      (...plugins: Plugin[]) =>
      () =>
        createPluginDriver(plugins, silentLog);
    expect(make({ name: 'a' }, { name: 'a' })).toThrow(/error.platform.plugin.duplicate/);
    expect(make({ name: 'a', dependsOn: ['b'] }, { name: 'b' })).toThrow(/error.platform.plugin.missing-dependency/);
    expect(make({ name: 'b' }, { name: 'a', dependsOn: ['b'] })).not.toThrow();
  });
});

describe('check', () => {
  it('lets go what nobody minds', async () => {
    expect(await check(policy('a', undefined), { name: 'b' })).toEqual({ verdict: undefined, verdicts: [] });
  });

  it('lets the first denial win over any deferral', async () => {
    const denied = { kind: 'deny', code: 'no', reason: 'no' } as const;
    expect(await check(policy('a', defer(5)), policy('b', denied), policy('c', { ...denied, code: 'late' }))).toEqual({
      verdict: denied,
      verdicts: [
        { policy: 'a', ...defer(5) },
        { policy: 'b', ...denied },
      ],
    });
  });

  it('takes the latest deferral, also of those before the epoch', async () => {
    const { verdict } = await check(policy('a', defer(5)), policy('b', defer(9)), policy('c', defer(7)));
    expect(verdict).toEqual(defer(9));
    expect((await check(policy('a', defer(-5)))).verdict).toEqual(defer(-5));
  });

  it('lets go what a policy allows for the record, with the rule and its data', async () => {
    const allowed = { kind: 'allow', rule: 'reply', data: '2026-11', reason: 'an answer' } as const;
    expect(await check(policy('a', allowed))).toEqual({ verdict: undefined, verdicts: [{ policy: 'a', ...allowed }] });
  });

  it('asks what counts or claims after the others, and not about what they hold back', async () => {
    const asked: string[] = [];
    const limit: Plugin = { name: 'limit', enforce: 'limit', checkOutbound: () => void asked.push('limit') };
    await check(limit, { name: 'a', checkOutbound: () => void asked.push('a') });
    expect(asked.splice(0)).toEqual(['a', 'limit']);
    await check(limit, policy('a', defer(5)));
    await check(limit, policy('a', { kind: 'deny', code: 'no', reason: 'no' }));
    expect(asked).toEqual([]);
  });

  it('fails closed, with the name of the plugin', async () => {
    const failed = { code: 'error.platform.policy.failed', details: { plugin: 'b' } };
    await expect(check(policy('a', defer(5)), policy('b', defer(Number.NaN)))).rejects.toMatchObject(failed);
  });

  it('asks the opt-out phase last, and lets it hear texts first', async () => {
    const asked: string[] = [];
    const named = (name: string): Plugin => ({
      name,
      checkOutbound: () => void asked.push(`check ${name}`),
      interceptInbound: () => void asked.push(`hear ${name}`),
    });
    const driver = createPluginDriver([{ ...named('stop'), enforce: 'opt-out' }, named('a'), named('b')], silentLog);
    await driver.check(view);
    await driver.intercept({} as never);
    expect(asked).toEqual(['check a', 'check b', 'check stop', 'hear stop', 'hear a', 'hear b']);
  });
});

describe('observe', () => {
  it('tells a plugin only of the statuses that it wants to hear of', async () => {
    const heard: string[] = [];
    const plugin = (name: string, observedStatuses?: readonly MessageStatus[]): Plugin => ({
      name,
      observeMessage: ({ status }) => void heard.push(`${name} ${status}`),
      ...(observedStatuses === undefined ? {} : { observedStatuses }),
    });
    const driver = createPluginDriver([plugin('some', ['failed'])], silentLog);
    expect(driver.observes('failed')).toBe(true);
    expect(driver.observes('sent')).toBe(false);
    const both = createPluginDriver([plugin('some', ['failed']), plugin('all')], silentLog);
    expect(both.observes('sent')).toBe(true);
    await both.observe('observeMessage', { status: 'sent' } as never);
    await both.observe('observeMessage', { status: 'failed' } as never);
    expect(heard).toEqual(['all sent', 'some failed', 'all failed']);
  });

  it('isolates an observer that fails, and logs its name', async () => {
    const lines: unknown[] = [];
    const log: Log = { ...silentLog, error: (fields) => void lines.push(fields) };
    const heard: string[] = [];
    const fails: Plugin = {
      name: 'fails',
      observeMessage() {
        throw new Error('no');
      },
    };
    const hears: Plugin = { name: 'hears', observeMessage: () => void heard.push('message') };
    await createPluginDriver([fails, hears], log).observe('observeMessage', {} as never);
    expect(heard).toEqual(['message']);
    expect(lines).toEqual([{ plugin: 'fails', hook: 'observeMessage', code: 'Error' }]);
  });
});
