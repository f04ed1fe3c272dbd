import { useEffect, useMemo, useRef } from 'react';
import { outlineEvent } from '../lib/event-name.ts';
import { Icon } from '../ui/icon.tsx';
import { Loading } from '../ui/states.tsx';
import { Drawing, type Lighting } from './drawing.tsx';
import type { StateNode } from './graph.ts';
import type { Area, Layout } from './layout.ts';
import { Outline } from './outline.tsx';
import { activeStates, visitedStates } from './paths.ts';
import { useLayout } from './use-layout.ts';
import { useViewport } from './use-viewport.ts';
import './chart.css';

export interface Position {
  /** XState's state value. */
  readonly state: unknown;
  /** Where it was before, and what happened then. */
  readonly before?: { readonly state: unknown; readonly event: string } | undefined;
  /** The state values since the journey began. */
  readonly past: readonly unknown[];
  /** The machines that it has started, by their ids, with their state values. */
  readonly within: Readonly<Record<string, unknown>>;
}

const NOWHERE: Position = { state: undefined, past: [], within: {} };

interface ChartProps {
  readonly root: StateNode;
  /** Where a machine is in it. Default: nowhere, it is drawn as such. */
  readonly position?: Position;
  /** A few characters at the corner of states, by their paths: how many people were left in each. */
  readonly notes?: ReadonlyMap<string, string>;
}

/** A machine as a statechart that says where it is. */
export function Chart({ root, position = NOWHERE, notes }: ChartProps) {
  const layout = useLayout(root);
  const lighting = useMemo(
    () => ({ ...lightingOf(position, root), ...(notes === undefined ? {} : { notes }) }),
    [position, root, notes],
  );
  return (
    <div className="statechart">
      {layout === undefined && <Loading label="Drawing the machine" />}
      {layout === 'failed' && <p className="statechart-note">This machine could not be drawn. Here it is in words.</p>}
      {layout !== undefined && layout !== 'failed' && <Canvas layout={layout} lighting={lighting} />}
      <details className="statechart-words" open={layout === 'failed'}>
        <summary>In words</summary>
        <Outline root={root} lighting={lighting} />
      </details>
    </div>
  );
}

function Canvas({ layout, lighting }: { readonly layout: Layout; readonly lighting: Lighting }) {
  const ref = useRef<HTMLDivElement>(null);
  const { viewport, zoom, fit, reveal, ...handlers } = useViewport(ref, layout);
  // In text, so that whoever has moved the drawing is left in peace until the machine is somewhere else.
  const current = [...lighting.leaves].sort().join(' ');
  useEffect(() => {
    const leaves = new Set(current.split(' '));
    const areas = layout.boxes.flatMap(({ node, area }) => (leaves.has(node.path) ? [area] : []));
    if (areas.length > 0) reveal(around(areas));
  }, [layout, current, reveal]);
  const { x, y, scale } = viewport;
  return (
    <div className="statechart-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is a question; this is a drawing that can be moved */}
      <div
        ref={ref}
        className="statechart-canvas"
        role="group"
        aria-label="Statechart. Arrow keys move it, plus and minus change its size, zero shows all of it. The same in words is below."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: moved by keys
        tabIndex={0}
        data-own-arrows
        {...handlers}
        onPointerCancel={handlers.onPointerUp}
      >
        <svg width="100%" height="100%" aria-hidden="true" focusable="false">
          <g transform={`translate(${x} ${y}) scale(${scale})`}>
            <Drawing layout={layout} lighting={lighting} />
          </g>
        </svg>
      </div>
      <div className="statechart-zoom">
        <button type="button" aria-label="Larger" onClick={() => zoom(1.25)}>
          +
        </button>
        <button type="button" aria-label="Smaller" onClick={() => zoom(0.8)}>
          −
        </button>
        <button type="button" aria-label="Show all of it" onClick={fit}>
          <Icon name="fit" size={14} />
        </button>
      </div>
    </div>
  );
}

/** The smallest area with all of these in it. */
function around(areas: readonly Area[]): Area {
  const x = Math.min(...areas.map((area) => area.x));
  const y = Math.min(...areas.map((area) => area.y));
  const right = Math.max(...areas.map((area) => area.x + area.width));
  const bottom = Math.max(...areas.map((area) => area.y + area.height));
  return { x, y, width: right - x, height: bottom - y };
}

function lightingOf({ state, before, past, within }: Position, root: StateNode): Lighting {
  const { all, leaves } = activeStates(state);
  const taken = before === undefined ? [] : takenArrows(root, before, all);
  return { active: all, leaves, visited: visitedStates(past), taken: new Set(taken), within };
}

/** The arrows that an event can have taken: from where the machine was to where it is. */
function takenArrows(
  root: StateNode,
  { state, event }: NonNullable<Position['before']>,
  active: ReadonlySet<string>,
): readonly string[] {
  const { all: from } = activeStates(state);
  const name = outlineEvent(event);
  const found: string[] = [];
  const visit = (node: StateNode): void => {
    for (const { event: own, targets } of node.transitions) {
      if (outlineEvent(own) !== name || !from.has(node.path)) continue;
      for (const target of targets) if (active.has(target)) found.push(`arrow:${node.path}>${target}`);
    }
    node.states.forEach(visit);
  };
  visit(root);
  return found;
}
