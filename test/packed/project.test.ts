import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suiteNeeding } from '../support/needs.ts';
import { build, type Image } from './support/dockerfile.ts';
import { repository } from './support/packages.ts';
import { sectionsOf } from './support/page.ts';
import { Phone } from './support/phone.ts';
import { Reader } from './support/reader.ts';
import type { Terminal } from './support/terminal.ts';
import { World, whyNoRegistry } from './support/world.ts';

/** npm may have to fetch what others have published. */
const INSTALLING = 300_000;

const tutorial = sectionsOf(readFileSync(join(repository, 'docs/guides/tutorial.md'), 'utf8'));

suiteNeeding(
  { what: 'an npm registry', missing: await whyNoRegistry() },
  'a project that has packed tarballs alone',
  () => {
    let world: World;
    let terminal: Terminal;
    beforeAll(async () => {
      world = await World.create();
      terminal = world.terminal('tutorial');
    }, INSTALLING);
    afterAll(() => world?.close(), INSTALLING);

    describe('the tutorial, followed to the letter', () => {
      let reader: Reader;
      beforeAll(() => {
        reader = new Reader(terminal, 'my-bot');
      });

      it.each(tutorial.map((section) => [section.title, section] as const))(
        '%s',
        { timeout: INSTALLING },
        async (_, section) => {
          await reader.follow(section);
        },
      );
    });

    describe('as it is made', () => {
      let fresh: Terminal;
      beforeAll(async () => {
        fresh = world.terminal('fresh');
        await fresh.run('npm create parley tea-time -- --yes --no-install');
        fresh.enter('tea-time');
        symlinkSync(join(terminal.folder, 'node_modules'), join(fresh.folder, 'node_modules'));
      }, INSTALLING);

      it('passes its own test', async () => {
        expect(await fresh.run('npm test')).toMatch(/1 passed/);
      });

      it('has no errors in its types', async () => {
        await fresh.run('npm run typecheck');
      });

      it('has parley check find nothing, nor has what the tutorial makes of it', async () => {
        for (const one of [fresh, terminal]) expect(await one.run('npm run --silent check -- --strict')).toBe('');
      });

      it('is in a repository that keeps out what is not for others', async () => {
        await fresh.run('touch .env');
        expect(await fresh.run('git status --short --untracked-files=all')).not.toMatch(/node_modules|\.env$/m);
      });

      it('answers a text', async () => {
        const server = fresh.start('exec node_modules/.bin/parley dev --port 0');
        const [, url = ''] = await server.sees(/Text it +(\S+)\/phone\//);
        const phone = new Phone(url, 'tea-time');
        await phone.text('HELLO');
        await phone.hears('Hello! How many minutes does your tea take? I text you when it is ready.');
        server.signal('SIGINT');
        expect((await server.ended).code).toBe(0);
      });
    });

    describe('its Dockerfile', () => {
      let image: Image;
      beforeAll(async () => {
        const builder = world.terminal('images');
        await builder.run('printf "#!/bin/sh\n" > chown && chmod +x chown');
        const path = `PATH="${builder.folder}:$PATH"`;
        image = await build(terminal.folder, join(builder.folder, 'stages'), (command, folder) =>
          builder.run(`cd ${folder} && ${path} && ${command}`),
        );
      }, INSTALLING);

      it('puts into the image what runs, and nothing else', () => {
        expect(readdirSync(image.folder).sort()).toEqual([
          'bot.ts',
          'data',
          'node_modules',
          'package-lock.json',
          'package.json',
          'parley.config.ts',
          'tsconfig.json',
        ]);
        expect(readdirSync(join(image.folder, 'data'))).toEqual([]);
        expect(existsSync(join(image.folder, 'node_modules/typescript'))).toBe(false);
        expect(image.volumes).toEqual(['/app/data']);
        expect(image.user).toBe('node');
      });

      it('has a command that serves, that can be asked how it is, and that stops at a signal', async () => {
        const container = world.terminal('container');
        container.enter(image.folder);
        const credentials = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'secret' };
        const environment = { ...image.environment, ...credentials, HOST: '127.0.0.1', PORT: '0' };
        const server = container.start(`exec ${quote(image.command)}`, environment);
        const [, port = ''] = await server.sees(/http:\/\/127\.0\.0\.1:(\d+)/);
        const ask = () => container.start(`exec ${quote(image.healthCheck)}`, { PORT: port }).ended;
        expect(await ask()).toEqual({ code: 0, output: '' });
        expect(existsSync(join(image.folder, 'data/parley.db'))).toBe(true);
        server.signal('SIGTERM');
        expect(await server.ended).toMatchObject({ code: 0 });
        expect(await ask()).toEqual({ code: 1, output: '' });
      });
    });
  },
);

/** The words of a command, for the shell. */
function quote(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
}
