import { isAscii, isUtf8 } from 'node:buffer';
import { parse } from 'node:querystring';

/** The parameters of a form: a parameter that came more than once has all its values. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

export interface Form {
  readonly fields: FormFields;
  /** Why this is not a well-made form; the fields then are a best guess, good for checking a signature over. */
  readonly problem: string | undefined;
}

/** How many parameters there are is bounded by the size of the body, which the server limits. */
const ALL = { maxKeys: 0 };

/**
 * Reads `application/x-www-form-urlencoded`.
 *
 * Reads on where the form is not well made, as node's querystring does, and says so: the signature of a request has to
 * be checked before anybody learns what is wrong with it.
 */
export function parseForm(body: Uint8Array): Form {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const ascii = isAscii(bytes);
  const text = bytes.toString(ascii ? 'latin1' : 'utf8');
  const problem = ascii || isUtf8(bytes) ? escapeProblem(text) : 'the body is not UTF-8';
  return { fields: parse(text, '&', '=', ALL) as FormFields, problem };
}

/** An escape that is cut off, or that begins a character beyond ASCII: only these can be wrong. */
const DOUBTFUL = /%(?:[89a-f]|(?![0-9a-f]{2}))/i;

/** Node reads an escape that is cut off or not UTF-8 as something else; decoding it all at once finds any. */
function escapeProblem(text: string): string | undefined {
  if (!DOUBTFUL.test(text)) return undefined;
  try {
    decodeURIComponent(text);
    return undefined;
  } catch {
    return 'a parameter is not escaped UTF-8';
  }
}

/** The parameters with one value each; of one that came more than once, all values with commas between. */
export function flatten(fields: FormFields): Readonly<Record<string, string>> {
  return isFlat(fields)
    ? fields
    : Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value : value.join(', ')]),
      );
}

function isFlat(fields: FormFields): fields is Readonly<Record<string, string>> {
  for (const name in fields) if (typeof fields[name] !== 'string') return false;
  return true;
}
