import { address, defineApp, defineBot, defineOrganization, lintApps, type Plugin, profile } from '@parley/core';
import { createHost } from '@parley/core/host';
import { createMachine, fromCallback } from 'xstate';
import { echo, inSimulation, OURS, organization, type Provocation } from './world.ts';

const plugin = (name: string, rest: Partial<Plugin> = {}): Plugin => ({ name, ...rest });
const app = (id: string, rest: object = {}) => defineApp({ id, number: OURS, bots: [echo], ...rest });
const { transports, storage } = organization();

export const configuration: Readonly<Record<string, Provocation>> = {
  'error.platform.address.malformed': () => address('555 0100'),

  'error.platform.config.malformed': () =>
    // @ts-expect-error a typing mistake
    defineOrganization({ name: 'Test', apps: [app('app')], transports, storage, plugin: [] }),

  'error.platform.config.number-taken': () =>
    defineOrganization({ name: 'Test', apps: [app('one'), app('two')], transports, storage }),

  'error.platform.config.duplicate-id': () => app('app', { bots: [echo, echo] }),

  'error.platform.config.unknown-transport': () =>
    defineOrganization({ name: 'Test', apps: [app('app', { transport: 'pigeon' })], transports, storage }),

  'error.platform.config.unknown-profile': () => profile({ dev: 1, production: 2 }, 'staging'),

  'error.platform.plugin.lint-failed': () =>
    lintApps(organization({ plugins: [plugin('broken', { lint: () => JSON.parse('') })] })),

  'error.platform.plugin.duplicate': () =>
    inSimulation({ plugins: [plugin('twin'), plugin('twin')] }, async () => undefined),

  'error.platform.plugin.missing-dependency': () =>
    inSimulation({ plugins: [plugin('roof', { dependsOn: ['wall'] })] }, async () => undefined),

  'error.platform.plugin.setup-failed': () =>
    inSimulation(
      { plugins: [plugin('broken', { setup: () => Promise.reject(new Error('no')) })] },
      async () => undefined,
    ),

  'error.platform.bot.not-serialisable': () => {
    const machine = createMachine({ id: 'keeper', context: { price: () => 7 } });
    return createHost(machine, { check: true }).start(undefined, 0);
  },
  'error.platform.bot.not-durable': () => {
    const machine = createMachine({ invoke: { src: fromCallback(() => {}) } });
    return inSimulation({ bots: [defineBot({ id: 'fleeting', machine })] }, async () => undefined);
  },
};
