import type { Organization } from '@parley/core';
import type { Flags } from '../command-line.ts';
import { loadEnvironment } from './environment.ts';
import { findConfig } from './find.ts';
import { loadOrganization } from './load.ts';

/** The profile of a command that looks at nothing but the code. */
export const NO_DATA = 'dev';

/**
 * The organization of the configuration, for a command that serves nobody.
 *
 * @param profile to use when none is named. Default: none, since what touches data must not guess whose.
 */
export async function configuredOrganization(
  flags: Pick<Flags, 'config' | 'profile'>,
  profile?: string,
): Promise<Organization> {
  const file = findConfig(process.cwd(), flags.config);
  loadEnvironment(file, process.env, { ...flags, ...(profile === undefined ? {} : { otherwise: profile }) });
  return loadOrganization(file);
}
