import { type ArchivePart, ParleyError, type Storage, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { sqlite } from '@parley/plugin-sqlite';
import { VirtualClock } from '@parley/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { Phone, Project } from '../testing/project.ts';
import { copyStorage } from './copy.ts';

const config = (storage: string) => `
import { anyText, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';
import { assign } from 'xstate';

const machine = setupBot({ types: { context: {} as { count: number } } }).createMachine({
  context: { count: 0 },
  on: {
    'message.received': {
      actions: [assign({ count: ({ context }) => context.count + 1 }), say(({ context }) => 'text ' + context.count)],
    },
  },
});
export default defineOrganization({
  name: 'Test',
  apps: [defineApp({
    id: 'app',
    number: '+14155550100',
    bots: [defineBot({ id: 'counter', machine, triggers: [anyText()], firstText: 'event' })],
  })],
  transports: { twilio: twilio() },
  storage: ${storage},
});
`;

describe('parley storage copy', () => {
  let project: Project;
  afterEach(() => project?.remove());

  async function talk(text: string, answer: string): Promise<void> {
    const dev = project.parley(['dev', '--port', '0']);
    await new Phone(await dev.url(), 'app').says(text, answer);
    dev.kill('SIGTERM');
    await dev.exited;
  }

  it('moves a deployment to another file, where it goes on', async () => {
    project = new Project({ 'parley.config.ts': config("sqlite({ file: 'one.db' })") });
    await talk('a', 'text 1');
    const cli = project.parley(['storage', 'copy', '--from', 'config', '--to', 'sqlite:two.db']);
    expect((await cli.exited).code).toBe(0);
    expect(cli.output).toMatch(
      /^Copied .*one\.db to sqlite:two\.db, and compared:\n {2}conversations +1 {2}[0-9a-f]{32}/,
    );
    project.write('parley.config.ts', config("sqlite({ file: 'two.db' })"));
    await talk('b', 'text 2');
  });

  it.each([
    [['--from', 'mysql://me:secret@host/db', '--to', 'config'], 'error.platform.storage.unknown-url'],
    [['--from', 'sqlite:mistyped.db', '--to', 'sqlite:one.db'], 'error.platform.storage.missing'],
  ])('refuses %j', async (args, code) => {
    project = new Project({ 'parley.config.ts': config("sqlite({ file: 'one.db' })") });
    const cli = project.parley(['storage', 'copy', ...args]);
    expect((await cli.exited).code).toBe(1);
    expect(cli.output).toContain(code);
    expect(cli.output).not.toContain('secret');
  });
});

describe('parley storage backup', () => {
  let project: Project;
  afterEach(() => project.remove());

  it('copies the file of a server that runs, and of one that does not', async () => {
    project = new Project({ 'parley.config.ts': config("sqlite({ file: 'one.db' })") });
    const dev = project.parley(['dev', '--port', '0']);
    const ann = new Phone(await dev.url(), 'app');
    await ann.says('a', 'text 1');
    const backUp = async (file: string) => {
      const cli = project.parley(['storage', 'backup', '--to', file]);
      const { code } = await cli.exited;
      return { code, output: cli.output };
    };
    expect(await backUp('while.db')).toEqual({ code: 0, output: 'Backed up one.db to while.db.\n' });
    await ann.says('b', 'text 2');
    dev.kill('SIGTERM');
    await dev.exited;
    expect((await backUp('after.db')).code).toBe(0);
    for (const there of ['one.db', 'parley.config.ts']) {
      const refused = await backUp(there);
      expect(refused.code).toBe(1);
      expect(refused.output).toContain('error.platform.storage.not-empty');
    }
    project.write('parley.config.ts', config("sqlite({ file: 'while.db' })"));
    const again = project.parley(['dev', '--port', '0']);
    await new Phone(await again.url(), 'app').says('c', 'text 2');
    again.kill('SIGTERM');
    await again.exited;
    expect(project.files()).toEqual(['after.db', 'one.db', 'parley.config.ts', 'while.db']);
  });
});

describe('copyStorage', () => {
  async function opened(storage: Storage): Promise<Storage> {
    await storage.open({ clock: new VirtualClock(), log: silentLog });
    return storage;
  }

  it('refuses a target that has anything in it, and writes nothing', async () => {
    const from = await opened(memoryStorage());
    const to = await opened(sqlite({ file: ':memory:' }));
    await from.keyv('one').set('a', 1);
    await to.keyv('two').set('b', 2);
    await expect(copyStorage(from, to, { target: 'there' })).rejects.toMatchObject({
      code: 'error.platform.storage.not-empty',
    });
    expect(await to.keyv('one').get('a')).toBeUndefined();
  });

  it('notices a copy that differs, and says in what', async () => {
    const from = await opened(memoryStorage());
    await from.keyv('one').set('a', 1);
    await from.claim('lock', 'me', 60_000);
    const to = await opened(memoryStorage());
    const { archive } = to;
    const forgetful: Storage = {
      ...to,
      archive: {
        read: (part, query) => archive.read(part, query),
        write: async (part: ArchivePart, rows) =>
          part === 'claims' ? undefined : archive.write(part as never, rows as never),
      },
    };
    const failure = await copyStorage(from, forgetful, { target: 'there' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ParleyError);
    expect(failure).toMatchObject({ code: 'error.platform.storage.copy-differs', details: { parts: 'claims' } });
  });
});
