import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's parameters for scrypt (Password Storage Cheat Sheet): N = 2^17, r = 8, p = 1; 128 MiB for a moment. */
const COST = { N: 131_072, r: 8, p: 1 };
const LENGTH = 32;

/** What a configuration keeps in place of a password: `scrypt$131072$8$1$<salt>$<hash>`. It says itself what it cost. */
export async function hashPassword(password: string, cost: typeof COST = COST): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether a password is the one that was hashed. Takes as long whatever it is. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = stored.split('$');
  const expected = Buffer.from(hash, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Of nobody: what a name that is unknown is compared with, so that it takes as long as one that is known. */
export const NOBODY = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(LENGTH).toString('base64url')}`;

/** One after the other: each takes 128 MiB and a processor for a tenth of a second. */
let last: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const work = last.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        const options = { ...cost, maxmem: 256 * cost.N * cost.r };
        scrypt(password.normalize('NFKC'), salt, LENGTH, options, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );
  last = work.catch(() => {});
  return work;
}
