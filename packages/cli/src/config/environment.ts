import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Flags } from '../command-line.ts';

/** Where `profile` of the core looks for the name of the profile in use. */
const PROFILE = 'PARLEY_PROFILE';

/** What decides which profile is in use. */
export interface ProfileChoice extends Pick<Flags, 'profile'> {
  /** The one to use when neither the command line nor the environment names any. Default: none. */
  readonly otherwise?: string;
}

/**
 * Adds what `.env` beside the configuration says to the environment, and the profile in use; what is set already stays, but for a
 * profile that the command line names.
 *
 * @returns the profile in use, if there is one.
 */
export function loadEnvironment(
  config: string,
  environment: NodeJS.ProcessEnv,
  { profile, otherwise }: ProfileChoice,
): string | undefined {
  for (const [name, value] of Object.entries(parseEnv(read(join(dirname(config), '.env'))))) {
    environment[name] ??= value;
  }
  const used = profile ?? (environment[PROFILE] || otherwise);
  if (used !== undefined) environment[PROFILE] = used;
  return used;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
