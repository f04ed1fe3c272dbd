import type { AnyActorRef } from 'xstate';

/** Where an actor is: the ids of its ancestors and itself, from below the root on. The root's is empty. */
export type ActorPath = readonly string[];

/** Every living actor of a system with its path, parents before children. */
export function actorTree(root: AnyActorRef): ReadonlyMap<AnyActorRef, ActorPath> {
  const paths = new Map<AnyActorRef, ActorPath>();
  const visit = (actor: AnyActorRef, path: ActorPath): void => {
    paths.set(actor, path);
    for (const [id, child] of Object.entries(childrenOf(actor))) {
      if (child !== undefined) visit(child, [...path, id]);
    }
  };
  visit(root, []);
  return paths;
}

/** The actor at a path, if there is one. */
export function actorAt(root: AnyActorRef, path: ActorPath): AnyActorRef | undefined {
  let actor: AnyActorRef | undefined = root;
  for (const id of path) actor = actor && childrenOf(actor)[id];
  return actor;
}

function childrenOf(actor: AnyActorRef): Readonly<Record<string, AnyActorRef | undefined>> {
  const snapshot: { readonly children?: Record<string, AnyActorRef | undefined> } = actor.getSnapshot();
  return snapshot.children ?? {};
}
