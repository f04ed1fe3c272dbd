import type { Lighting } from './drawing.tsx';
import { labelOf, type StateNode } from './graph.ts';

/** A statechart in words, for those who cannot see it, and for searching in it. */
export function Outline({ root, lighting }: { readonly root: StateNode; readonly lighting: Lighting }) {
  return (
    <ul className="statechart-outline">
      <OutlineState node={root} lighting={lighting} />
    </ul>
  );
}

function OutlineState({ node, lighting }: { readonly node: StateNode; readonly lighting: Lighting }) {
  const { path, key, type, description, invokes, actions, transitions, states } = node;
  return (
    <li>
      <p className="statechart-outline-state" data-current={lighting.leaves.has(path) || undefined}>
        <strong>{key}</strong> {wordsOf(node)}
        {standing(path, lighting) !== undefined && <em> {standing(path, lighting)}</em>}
      </p>
      {description !== undefined && <p>{description}</p>}
      {(invokes.length > 0 || actions > 0) && (
        <p className="statechart-outline-more">
          {[
            ...(invokes.length > 0 ? [`Runs ${invokes.join(', ')}.`] : []),
            ...(actions > 0
              ? [actions === 1 ? 'One action on entry or exit.' : `${actions} actions on entry or exit.`]
              : []),
          ].join(' ')}
        </p>
      )}
      {transitions.length > 0 && (
        <ul className="statechart-outline-transitions">
          {transitions.map((transition, index) => (
            // Transitions have no names of their own, and their order says which one goes first.
            // biome-ignore lint/suspicious/noArrayIndexKey: the order never changes
            <li key={index}>
              {labelOf(transition)} {whatHappens(transition)}
            </li>
          ))}
        </ul>
      )}
      {type !== 'history' && states.length > 0 && (
        <ul>
          {states.map((state) => (
            <OutlineState key={state.path} node={state} lighting={lighting} />
          ))}
        </ul>
      )}
    </li>
  );
}

function whatHappens({ targets, forwards }: StateNode['transitions'][number]): string {
  if (forwards) return 'is handed to what runs here';
  return targets.length === 0 ? 'stays' : `goes to ${targets.join(' and ')}`;
}

function wordsOf({ type, initial }: StateNode): string {
  switch (type) {
    case 'parallel':
      return '(in all of these at once)';
    case 'final':
      return '(final)';
    case 'history':
      return '(history: where it was before)';
    case 'compound':
      return initial === undefined ? '' : `(begins with ${initial})`;
    case 'atomic':
      return '';
  }
}

function standing(path: string, { active, visited }: Lighting): string | undefined {
  if (active.has(path)) return 'is here';
  return visited.has(path) ? 'was here' : undefined;
}
