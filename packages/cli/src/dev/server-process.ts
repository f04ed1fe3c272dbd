import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildRequest, FromChild, ToChild } from './protocol.ts';

/** How long a server process has to stop before it is killed; more than it gives itself. */
const PATIENCE = 5_000;

/** A process that serves one state of the project. */
export interface ServerProcess {
  /** How it ended: the code that it told of if it could not start. */
  readonly ended: Promise<{ readonly failed?: string }>;
  /** Asks it to stop, kills it if it does not, and resolves once it is gone. */
  stop(): Promise<void>;
}

/** Starts one; `listen` is told what it says meanwhile. */
export function startServerProcess(request: ChildRequest, listen: (message: FromChild) => void): ServerProcess {
  const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), [JSON.stringify(request)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let failed: string | undefined;
  child.on('message', (message: FromChild) => {
    if (message.kind === 'failed') failed = message.code;
    listen(message);
  });
  const ended = new Promise<{ readonly failed?: string }>((resolve) => {
    child.once('exit', () => resolve(failed === undefined ? {} : { failed }));
    child.once('error', () => resolve({}));
  });
  // A second signal ends this process at once; what it keeps must not outlive it.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  ended.then(() => process.off('exit', kill));
  return {
    ended,
    async stop() {
      const message: ToChild = { kind: 'stop' };
      // The channel is closed when it is gone already.
      if (child.connected) child.send(message, () => {});
      const timer = setTimeout(kill, PATIENCE);
      await ended;
      clearTimeout(timer);
    },
  };
}
