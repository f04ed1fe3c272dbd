import type { AnyActorRef } from 'xstate';

/** Where an actor is: the ids of its ancestors and itself, from below the root on. The root's is empty. */
export type ActorPath = readonly string[];

/** The actors of a system with their paths, parents before children, and how they hang together. */
export interface ActorTree {
  readonly paths: ReadonlyMap<AnyActorRef, ActorPath>;
  /**
   * The actors that something can still happen to: active, as all of their ancestors. XState leaves those running whose
   * parent has thrown; nobody reaches them any more.
   */
  readonly alive: ReadonlySet<AnyActorRef>;
  childrenOf(actor: AnyActorRef): readonly AnyActorRef[];
}

/**
 * Reads the tree of a system.
 *
 * A parent lists its children under the ids that they were given. One that was spawned without an id it lists as
 * `undefined`, where the next such child takes its place although both run. So the children come by their own ids here, and
 * what is given as unlisted belongs to its parent all the same, if that is alive.
 */
export function actorTree(root: AnyActorRef, perhapsUnlisted: Iterable<AnyActorRef>): ActorTree {
  const paths = new Map<AnyActorRef, ActorPath>();
  const families = new Map<AnyActorRef, AnyActorRef[]>();
  const alive = new Set<AnyActorRef>();
  const visit = (actor: AnyActorRef, path: ActorPath): void => {
    paths.set(actor, path);
    const parent = parentOf(actor);
    if (isActive(actor) && (parent === undefined || alive.has(parent))) alive.add(actor);
    const listed = Object.values(listedChildren(actor)).filter((child) => child !== undefined);
    if (listed.length === 0) return;
    families.set(actor, listed);
    for (const child of listed) visit(child, [...path, child.id]);
  };
  visit(root, []);
  for (const actor of perhapsUnlisted) {
    if (paths.has(actor)) continue;
    const parent = parentOf(actor);
    const path = parent && alive.has(parent) ? paths.get(parent) : undefined;
    if (parent === undefined || path === undefined) continue;
    const siblings = families.get(parent) ?? [];
    // Of two actors of one id only the later one can be found again.
    if (siblings.some(({ id }) => id === actor.id)) continue;
    families.set(parent, [...siblings, actor]);
    visit(actor, [...path, actor.id]);
  }
  return { paths, alive, childrenOf: (actor) => families.get(actor) ?? [] };
}

/** The actor at a path, if there is one. */
export function actorAt(root: AnyActorRef, path: ActorPath): AnyActorRef | undefined {
  let actor: AnyActorRef | undefined = root;
  for (const id of path) actor = actor && listedChildren(actor)[id];
  return actor;
}

export function isActive(actor: AnyActorRef): boolean {
  return (actor.getSnapshot() as { readonly status: string }).status === 'active';
}

/** Whether an actor has come to its own end, other than by being stopped. */
export function isOver(actor: AnyActorRef): boolean {
  const { status } = actor.getSnapshot() as { readonly status: string };
  return status === 'done' || status === 'error';
}

function listedChildren(actor: AnyActorRef): Readonly<Record<string, AnyActorRef | undefined>> {
  const snapshot: { readonly children?: Record<string, AnyActorRef | undefined> } | undefined = actor.getSnapshot();
  return snapshot?.children ?? NONE;
}

const NONE = {};

function parentOf(actor: AnyActorRef): AnyActorRef | undefined {
  return (actor as { readonly _parent?: AnyActorRef })._parent;
}
