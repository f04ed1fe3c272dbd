import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ParleyError } from '@parley/core';

const NAMES = ['parley.config.ts', 'parley.config.mts', 'parley.config.js', 'parley.config.mjs'] as const;

/**
 * The whole path of the configuration.
 *
 * @throws `error.platform.config.not-found`
 */
export function findConfig(folder: string, named: string | undefined): string {
  const files = named === undefined ? NAMES : [named];
  const found = files.map((file) => resolve(folder, file)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new ParleyError('error.platform.config.not-found', { file: named ?? NAMES[0] });
}
