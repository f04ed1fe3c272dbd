import type { Engine } from '@parley/core';

/** How long readiness is waited for; a storage that hangs is not ready. */
const PATIENCE = 5_000;

/** What a probe is told. */
export interface Health {
  readonly status: 200 | 503;
  readonly body: { readonly status: 'ok' | 'ready' | 'not-ready' | 'stopping' };
}

/** The process is alive; whether it can do anything is what {@link readiness} says. */
export const alive: Health = { status: 200, body: { status: 'ok' } };

/** Whether webhooks should be sent here. Never rejects. */
export async function readiness(engine: Engine, stopping: boolean): Promise<Health> {
  if (stopping) return { status: 503, body: { status: 'stopping' } };
  const ready = await Promise.race([engine.ready().catch(() => false), after(PATIENCE)]);
  return ready ? { status: 200, body: { status: 'ready' } } : { status: 503, body: { status: 'not-ready' } };
}

function after(delay: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), delay).unref();
  });
}
