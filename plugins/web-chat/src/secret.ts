import { randomBytes } from 'node:crypto';
import { ParleyError, type PluginContext } from '@parley/core';
import type { ResolvedOptions } from './options.ts';

/** Longer than anybody will wait, in milliseconds. */
const FOR_EVER = 100 * 366 * 86_400_000;

const SHORTEST = 32;

/** The secrets that tokens are signed with: from the options, else from the environment, else one that all processes of a storage share. */
export async function secretsFrom(
  { secret }: Pick<ResolvedOptions, 'secret'>,
  environment: NodeJS.ProcessEnv,
  { claim }: Pick<PluginContext, 'claim'>,
): Promise<readonly [string, ...string[]]> {
  if (secret !== undefined) return [secret].flat() as [string, ...string[]];
  const named = environment.PARLEY_WEB_CHAT_SECRET;
  if (named === undefined || named === '') {
    return [await claim('secret', randomBytes(SHORTEST).toString('base64url'), FOR_EVER)];
  }
  if (named.length >= SHORTEST) return [named];
  throw new ParleyError('error.platform.config.malformed', {
    problem: `PARLEY_WEB_CHAT_SECRET: a secret has ${SHORTEST} characters at least`,
    where: 'webChat',
  });
}
