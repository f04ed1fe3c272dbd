import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';

/** Adds what `.env` beside the configuration says to the environment; what is set already stays. */
export function loadEnvironment(config: string, environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(parseEnv(read(join(dirname(config), '.env'))))) {
    environment[name] ??= value;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
