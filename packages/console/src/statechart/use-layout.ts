import { useEffect, useState } from 'react';
import type { StateNode } from './graph.ts';
import { type Layout, layOut } from './layout.ts';

/** Kept as long as the machine is: going there and back does not lay it out again. */
const known = new WeakMap<StateNode, Promise<Layout>>();

/** The layout of a machine: absent until there is one, `failed` when there will be none. */
export function useLayout(root: StateNode): Layout | 'failed' | undefined {
  const [found, setFound] = useState<{ readonly root: StateNode; readonly layout: Layout | 'failed' }>();
  useEffect(() => {
    let isWanted = true;
    const finding = known.get(root) ?? layOut(root);
    known.set(root, finding);
    finding.then(
      (layout) => isWanted && setFound({ root, layout }),
      () => {
        known.delete(root);
        if (isWanted) setFound({ root, layout: 'failed' });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [root]);
  return found?.root === root ? found.layout : undefined;
}
