import { codeOf } from '@parley/core';
import { createLog } from '@parley/server';
import { loadEnvironment } from '../config/environment.ts';
import { crashOnUnhandled } from '../crash.ts';
import { launch } from '../launch.ts';
import { describeError } from '../report.ts';
import { resolveSettings } from '../settings.ts';
import { banner, warnOfRealPeople } from './banner.ts';
import { narrate } from './narrate.ts';
import { prettyLines } from './pretty.ts';
import type { ChildRequest, FromChild, ToChild } from './protocol.ts';

// The server process of `parley dev`: serves one state of the project's files, until the parent asks it to stop.

const request: ChildRequest = JSON.parse(process.argv[2] ?? '');
const { config, flags } = request;

/** How long a reload waits for what is under way; the rest is taken up after it. */
const GRACE = 2_000;

const stop = new Promise<void>((resolve) => {
  process.on('message', ({ kind }: ToChild) => kind === 'stop' && resolve());
  process.on('SIGTERM', () => resolve());
});
// Ctrl+C reaches the whole group; the parent decides.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
// The parent was killed: so are we, and whoever comes next finds the port and the database free.
process.on('disconnect', () => process.exit(1));
if (!process.connected) process.exit(1);

try {
  await run();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${describeError(error, { folder: process.cwd(), verbose: flags.verbose })}\n`);
  await tell({ kind: 'failed', code: codeOf(error) });
  process.exit(1);
}

async function run(): Promise<void> {
  const profile = loadEnvironment(config, process.env, { ...flags, otherwise: 'dev' });
  const settings = resolveSettings(flags, process.env);
  const colors = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const destination = prettyLines((line) => process.stdout.write(line), { colors, folder: process.cwd() });
  const log = createLog({ level: settings.logLevel, destination, errorMessages: true });
  crashOnUnhandled(log);
  const { engine, server } = await launch({
    config,
    settings: { ...settings, port: request.port ?? settings.port },
    emulate: flags.emulate ? 'always' : 'missing',
    phone: true,
    openConsole: true,
    check: true,
    log,
    onImport: (file) => void tell({ kind: 'imported', file }),
  });
  narrate(engine, log);
  if (request.introduce) {
    process.stdout.write(banner(engine, { url: server.url, publicUrl: settings.publicUrl, profile }));
  }
  process.stderr.write(warnOfRealPeople(engine));
  await tell({ kind: 'listening', port: server.port });
  await stop;
  await server.close({ grace: GRACE });
}

/** Resolves once the parent has it; a process that exits right after `send` may lose it. */
function tell(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, undefined, {}, () => resolve());
  });
}
