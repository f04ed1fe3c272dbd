import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { isPassword } from '@parley/server';
import { describe, expect, it } from 'vitest';

const PARLEY = fileURLToPath(new URL('../bin/parley.js', import.meta.url));

async function type(password: string) {
  const child = spawn(process.execPath, [PARLEY, 'password']);
  child.stdin.end(`${password}\n`);
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out: out.trim(), error };
}

describe('parley password', () => {
  it('prints what stands for a password, and not the password', async () => {
    const { out } = await type('correct horse battery');
    expect(out).toMatch(/^scrypt\$\d+\$\d+\$\d+\$[\w-]+\$[\w-]+$/);
    expect(await isPassword('correct horse battery', out)).toBe(true);
    expect(await isPassword('correct horse', out)).toBe(false);
  });

  it('refuses what is guessed too easily', async () => {
    const { out, error } = await type('secret');
    expect(out).toBe('');
    expect(error).toContain('15 characters at least');
  });
});
