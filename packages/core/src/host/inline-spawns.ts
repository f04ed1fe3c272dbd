import type { AnyActorLogic } from 'xstate';

/** A `spawnChild` in a machine's configuration. */
export interface InlineSpawn {
  /** The logic, or the name of it among the machine's actors. */
  readonly src: string | AnyActorLogic;
  /** Where it stands in the configuration: `states.asking.entry.0`. */
  readonly at: string;
}

/** Every `spawnChild` that can be seen in a configuration without running it. */
export function findSpawns(config: unknown, at = ''): readonly InlineSpawn[] {
  const spawns: InlineSpawn[] = [];
  const seen = new Set<unknown>();
  const visit = (part: unknown, path: string): void => {
    if (isSpawnChild(part)) spawns.push({ src: part.src, at: path });
    if (typeof part !== 'object' || part === null || seen.has(part) || isLogic(part)) return;
    seen.add(part);
    for (const [key, value] of Object.entries(part)) {
      if (!NO_ACTIONS.has(key)) visit(value, path === '' ? key : `${path}.${key}`);
    }
  };
  visit(config, at);
  return spawns;
}

/** Parts of a configuration that hold a machine's data, which may be anything. */
const NO_ACTIONS = new Set(['context', 'meta', 'input', 'output', 'params', 'schemas', 'types', 'tags']);

function isSpawnChild(value: unknown): value is { readonly src: string | AnyActorLogic } {
  return typeof value === 'function' && (value as { readonly type?: unknown }).type === 'xstate.spawnChild';
}

function isLogic(value: object): boolean {
  return 'transition' in value && 'getInitialSnapshot' in value;
}
