import { codeOf, type Log } from '@parley/core';

/**
 * Ends the process at an error that nobody has handled. What it held is in the storage, under leases that run out: the next
 * process goes on with it. One that carried on could be wrong about anything.
 */
export function crashOnUnhandled(log: Log): void {
  const crash = (kind: string) => (error: unknown) => {
    log.error({ kind, code: codeOf(error), error }, 'Crashed');
    process.exit(1);
  };
  process.on('uncaughtException', crash('uncaughtException'));
  process.on('unhandledRejection', crash('unhandledRejection'));
}
