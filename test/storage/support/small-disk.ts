import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Need } from '../../support/needs.ts';

/** A disk of a few megabytes, to fill up for real. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room there is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  remove(): void;
}

export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'parley-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'parley-test', folder], { stdio: 'pipe' });
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    },
    free: () => rmSync(ballast, { force: true }),
    remove() {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
      rmSync(folder, { recursive: true });
    },
  };
}

/** Whether this user may mount one: only root, and not in every container. */
export function smallDiskNeed(): Need {
  return { what: 'a small disk', missing: whyNot(), hint: 'run as root, where mount -t tmpfs is allowed' };
}

function whyNot(): string | undefined {
  try {
    mountSmallDisk(1).remove();
    return undefined;
  } catch (error) {
    const { stderr } = error as { readonly stderr?: Buffer };
    return `tmpfs can not be mounted (${
      String(stderr ?? (error as Error).message)
        .trim()
        .split('\n')[0]
    })`;
  }
}
