import { isAscii, isUtf8 } from 'node:buffer';
import { unescape as lenientlyUnescape } from 'node:querystring';

/** The parameters of a form: a parameter that came more than once has all its values. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

export interface Form {
  readonly fields: FormFields;
  /** Why this is not a well-made form; the fields then are a best guess, good for checking a signature over. */
  readonly problem: string | undefined;
}

/** Twilio sends some 40 parameters; a thousand is nobody's message. */
const MOST_PARAMETERS = 1_000;

/**
 * Reads `application/x-www-form-urlencoded`.
 *
 * Unlike node's querystring it notices escapes that are cut off or are not UTF-8, and it reads on nonetheless: the
 * signature of a request has to be checked before anybody learns what is wrong with it.
 */
export function parseForm(body: Uint8Array): Form {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let problem = isAscii(bytes) || isUtf8(bytes) ? undefined : 'the body is not UTF-8';
  const fields: Record<string, string | string[]> = Object.create(null);
  const decode = (part: string): string => {
    const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part;
    if (!spaced.includes('%')) return spaced;
    try {
      return decodeURIComponent(spaced);
    } catch {
      problem ??= 'a parameter is not escaped UTF-8';
      return lenientlyUnescape(spaced);
    }
  };
  let count = 0;
  for (const pair of bytes.toString('utf8').split('&', MOST_PARAMETERS + 1)) {
    if (pair === '') continue;
    if (++count > MOST_PARAMETERS) return { fields, problem: `there are more than ${MOST_PARAMETERS} parameters` };
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    add(fields, name, equals === -1 ? '' : decode(pair.slice(equals + 1)));
  }
  return { fields, problem };
}

function add(fields: Record<string, string | string[]>, name: string, value: string): void {
  const earlier = fields[name];
  if (earlier === undefined) fields[name] = value;
  else if (typeof earlier === 'string') fields[name] = [earlier, value];
  else earlier.push(value);
}

/** The parameters with one value each; of one that came more than once, all values with commas between. */
export function flatten(fields: FormFields): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in fields) {
    const value = fields[name];
    // A parameter may be called __proto__; an assignment would then be lost.
    if (name === '__proto__' || value === undefined) continue;
    flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}
