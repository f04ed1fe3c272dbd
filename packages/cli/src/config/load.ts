import { register as registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Organization, ParleyError } from '@parley/core';
import { register } from 'tsx/esm/api';
import { explainLoadFailure } from './explain.ts';

/**
 * Loads the organization that a configuration exports. TypeScript is stripped on the fly; the configuration gets the
 * same @parley/core as this package.
 *
 * @param onImport told of every file of the project that is loaded.
 * @throws `error.platform.config.not-loadable`, `error.platform.config.no-organization`, and what the configuration itself
 * throws with a code.
 */
export async function loadOrganization(
  file: string,
  onImport: (file: string) => void = () => {},
): Promise<Organization> {
  process.setSourceMapsEnabled(true);
  register({
    onImport(url) {
      if (url.startsWith('file:') && !url.includes('/node_modules/')) onImport(fileURLToPath(url));
    },
  });
  // Registered last, asked first.
  registerHooks(new URL('./typescript-is-esm.js', import.meta.url));
  const exported = await importConfig(file);
  if (isOrganization(exported)) return exported;
  throw new ParleyError('error.platform.config.no-organization', { file });
}

async function importConfig(file: string): Promise<unknown> {
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(file).href);
    return module.default;
  } catch (error) {
    throw explainLoadFailure(error, file);
  }
}

function isOrganization(value: unknown): value is Organization {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['name', 'apps', 'transports', 'storage', 'plugins', 'actors'].every((key) => key in value)
  );
}
