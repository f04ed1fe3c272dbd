import { dirname } from 'node:path';
import type { Flags } from '../command-line.ts';
import { findConfig } from '../config/find.ts';
import { signalToStop } from '../signals.ts';
import { type Changes, watchProject } from './changes.ts';
import { goneParent } from './gone-parent.ts';
import type { FromChild } from './protocol.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

/** What no change of a file will mend; at the first start there is nothing to wait for. */
const HOPELESS: ReadonlySet<string> = new Set([
  'error.platform.server.port-taken',
  'error.platform.server.listen-failed',
  'error.platform.command-line.malformed',
]);

/** A server that has run for so many milliseconds before it died can be started again; one that dies at once would go on to. */
const STEADY = 1_000;

/**
 * `parley dev`: keeps a process that serves the project, and replaces it whenever a file has changed. Conversations go on,
 * since they are in the storage. A project that does not load is reported, and looked at again after the next change.
 * Resolves to the exit code.
 */
export async function dev(flags: Flags): Promise<number> {
  const asked = Promise.race([signalToStop(), goneParent()]);
  const config = findConfig(process.cwd(), flags.config);
  const changes = await watchProject(dirname(config));
  try {
    return await keepServing({ config, flags, changes, asked });
  } finally {
    await changes.close();
  }
}

interface Keeping {
  readonly config: string;
  readonly flags: Flags;
  readonly changes: Changes;
  readonly asked: Promise<unknown>;
}

async function keepServing({ config, flags, changes, asked }: Keeping): Promise<number> {
  let port: number | undefined;
  let listeningSince = Number.POSITIVE_INFINITY;
  const listen = (message: FromChild): void => {
    if (message.kind === 'imported') changes.add(message.file);
    if (message.kind !== 'listening') return;
    port = message.port;
    listeningSince = performance.now();
  };
  const stopped = asked.then(() => 'stop' as const);

  for (;;) {
    const introduce = port === undefined;
    listeningSince = Number.POSITIVE_INFINITY;
    const server = startServerProcess({ config, flags, introduce, ...(port === undefined ? {} : { port }) }, listen);
    let news = await next(server, changes, stopped);
    if (news === 'ended') {
      const { failed } = await server.ended;
      if (introduce && failed !== undefined && HOPELESS.has(failed)) return 1;
      if (performance.now() - listeningSince >= STEADY) {
        say('The server is gone. Starting it again …');
        continue;
      }
      say('Waiting for a change of the project …');
      news = await next(undefined, changes, stopped);
    }
    await server.stop();
    if (news === 'stop') return 0;
    say(`Changed: ${changes.take().join(', ')}. Reloading …`);
  }
}

/** What happens first. */
async function next(server: ServerProcess | undefined, changes: Changes, stopped: Promise<'stop'>) {
  return Promise.race([
    stopped,
    changes.some().then(() => 'changed' as const),
    ...(server === undefined ? [] : [server.ended.then(() => 'ended' as const)]),
  ]);
}

function say(sentence: string): void {
  process.stdout.write(`\n${sentence}\n`);
}
