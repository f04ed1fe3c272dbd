import * as z from 'zod';
import { ParleyError } from './errors.ts';
import { nearest } from './nearest.ts';
import { parseOptions } from './parse-options.ts';

/** The environment variable that names the profile in use. */
const VARIABLE = 'PARLEY_PROFILE';

const settingsSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9-]*$/, 'a profile has lower-case letters, digits and dashes'), z.unknown())
  .refine((settings) => Object.keys(settings).length > 0, 'there is at least one profile');

/**
 * The settings of the profile in use: what differs between a developer's computer, a stage for trying out and production. The name
 * comes from `PARLEY_PROFILE`, which `parley --profile` sets; `parley dev` uses `dev` and `parley start` uses `production` unless told
 * otherwise. Programs and all other commands have to be told: what touches data guesses no profile.
 *
 * ```ts
 * const settings = profile({
 *   dev: { file: '.parley/dev.db', mode: 'preview' },
 *   production: { file: '/var/lib/clinic.db', mode: 'published' },
 * });
 * ```
 *
 * @param settings by the profile's name: lower-case letters, digits and dashes. All are made when this is called; give functions,
 * and call the answer, where only one may be.
 * @param name the profile in use. Default: `PARLEY_PROFILE`.
 * @throws `error.platform.config.unknown-profile`, `error.platform.config.malformed`
 */
export function profile<const Settings>(
  settings: Readonly<Record<string, Settings>>,
  name: string | undefined = process.env[VARIABLE],
): Settings {
  parseOptions(settingsSchema, settings, 'profile');
  if (name !== undefined && Object.hasOwn(settings, name)) return settings[name] as Settings;
  const known = Object.keys(settings);
  const meant = name === undefined ? undefined : nearest(name, known);
  throw new ParleyError('error.platform.config.unknown-profile', {
    profile: name || '(unset)',
    known: known.join(', '),
    hint: meant === undefined ? '' : ` Did you mean ${meant}?`,
  });
}
