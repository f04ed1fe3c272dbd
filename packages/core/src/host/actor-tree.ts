import type { AnyActorRef } from 'xstate';

/** Where an actor is: the ids of its ancestors and itself, from below the root on. The root's is empty. */
export type ActorPath = readonly string[];

/**
 * The actors of a system with their paths, parents before children, and how they hang together. What is below an actor that is
 * over is not part of it: XState goes on listing it, and leaves those running whose parent has thrown, but nobody reaches it.
 */
export interface ActorTree {
  readonly paths: ReadonlyMap<AnyActorRef, ActorPath>;
  /** The actors that something can still happen to. */
  readonly alive: ReadonlySet<AnyActorRef>;
  childrenOf(actor: AnyActorRef): readonly AnyActorRef[];
}

/**
 * Reads the tree of a system.
 *
 * A parent lists its children under the ids that they were given. One that was spawned without an id it lists as
 * `undefined`, where the next such child takes its place although both run. So the children come by their own ids here, and
 * what is given as unlisted belongs to its parent all the same, if that is alive. One whose id another has been given since
 * does not: by an id only the later of two can be found again.
 */
export function actorTree(root: AnyActorRef, unlisted: Iterable<AnyActorRef>): ActorTree {
  const paths = new Map<AnyActorRef, ActorPath>();
  const families = new Map<AnyActorRef, AnyActorRef[]>();
  const alive = new Set<AnyActorRef>();
  const visit = (actor: AnyActorRef, path: ActorPath): void => {
    paths.set(actor, path);
    if (!isActive(actor)) return;
    alive.add(actor);
    const listed = Object.values(listedChildren(actor)).filter((child) => child !== undefined);
    if (listed.length === 0) return;
    families.set(actor, listed);
    for (const child of listed) visit(child, [...path, child.id]);
  };
  visit(root, []);
  for (const actor of unlisted) {
    if (paths.has(actor)) continue;
    const parent = parentOf(actor);
    const path = parent && alive.has(parent) ? paths.get(parent) : undefined;
    if (parent === undefined || path === undefined) continue;
    families.set(parent, [...(families.get(parent) ?? []), actor]);
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
  // One whose systemId was taken has been refused before it had a snapshot, and may not be asked for it.
  const { _snapshot: snapshot } = actor as unknown as { readonly _snapshot?: { readonly status: string } };
  return snapshot?.status === 'done' || snapshot?.status === 'error';
}

function listedChildren(actor: AnyActorRef): Readonly<Record<string, AnyActorRef | undefined>> {
  const snapshot: { readonly children?: Record<string, AnyActorRef | undefined> } | undefined = actor.getSnapshot();
  return snapshot?.children ?? NONE;
}

const NONE = {};

function parentOf(actor: AnyActorRef): AnyActorRef | undefined {
  return (actor as { readonly _parent?: AnyActorRef })._parent;
}
