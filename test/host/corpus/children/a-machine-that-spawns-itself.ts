import { type AnyActorRef, enqueueActions, setup } from 'xstate';
import type { Scenario } from '../../support/scenario.ts';
import { send } from '../../support/steps.ts';

const actors: Record<string, unknown> = {};
const tree = setup({ types: { context: {} as { depth: number }, input: {} as { depth: number } } })
  .createMachine({
    id: 'tree',
    context: ({ input }) => ({ depth: input?.depth ?? 0 }),
    on: {
      grow: {
        actions: enqueueActions(({ context, self, enqueue }) => {
          const child = Object.values(self.getSnapshot().children)[0] as AnyActorRef | undefined;
          if (child !== undefined) enqueue.sendTo(child, { type: 'grow' });
          else if (context.depth < 4)
            enqueue.spawnChild('tree' as never, {
              id: 'branch' as never,
              input: { depth: context.depth + 1 } as never,
            });
        }),
      },
    },
  })
  .provide({ actors } as never);
Object.assign(tree.implementations.actors as object, { tree });

export default {
  machine: tree,
  input: { depth: 0 },
  script: [send('grow'), send('grow'), send('grow')],
} satisfies Scenario;
