import { useState } from 'react';
import { formatPrecise } from '../../../lib/format.ts';
import type { Change } from '../steps/diff.ts';
import './tree.css';

export type Marks = ReadonlyMap<string, Change['kind']>;

const NONE: Marks = new Map();
/** How many entries are shown at first, and each time more are asked for. */
const PART = 100;
/** Down to which depth it is open at first. */
const OPEN = 2;

/** Anything that JSON can hold, as a tree that opens and closes. `marks` says by dotted path what has changed. */
export function Tree({ value, marks = NONE }: { readonly value: unknown; readonly marks?: Marks }) {
  return (
    <div className="tree" data-own-arrows>
      {isBranch(value) ? <Entries value={value} path="" depth={0} marks={marks} /> : <Leaf value={value} />}
    </div>
  );
}

interface At {
  readonly path: string;
  readonly depth: number;
  readonly marks: Marks;
}

function Entries({ value, path, depth, marks }: At & { readonly value: Branch }) {
  const [most, setMost] = useState(PART);
  const entries = Object.entries(value);
  return (
    <ul>
      {entries.slice(0, most).map(([key, child]) => {
        const own = path === '' ? key : `${path}.${key}`;
        return (
          <li key={key} data-change={marks.get(own)}>
            <Entry name={key} value={child} path={own} depth={depth} marks={marks} />
          </li>
        );
      })}
      {entries.length > most && (
        <li>
          <button type="button" className="link" onClick={() => setMost(most + PART)}>
            {entries.length - most} more
          </button>
        </li>
      )}
    </ul>
  );
}

function Entry({ name, value, path, depth, marks }: At & { readonly name: string; readonly value: unknown }) {
  const change = marks.get(path);
  const [isOpen, setOpen] = useState(depth < OPEN);
  const label = (
    <>
      <span className="tree-key">{name}</span>
      {change !== undefined && <span className="tree-change">{change}</span>}
    </>
  );
  if (!isBranch(value) || Object.keys(value).length === 0) {
    return (
      <p>
        {label} <Leaf value={value} />
      </p>
    );
  }
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label} <span className="tree-size">{sizeOf(value)}</span>
      </summary>
      {isOpen && <Entries value={value} path={path} depth={depth + 1} marks={marks} />}
    </details>
  );
}

function Leaf({ value }: { readonly value: unknown }) {
  return (
    <>
      <span className="tree-value" data-type={value === null ? 'null' : typeof value}>
        {JSON.stringify(value) ?? 'undefined'}
      </span>
      {isMoment(value) && <span className="tree-size"> {formatPrecise(value)}</span>}
    </>
  );
}

type Branch = Readonly<Record<string, unknown>>;

function isBranch(value: unknown): value is Branch {
  return value !== null && typeof value === 'object';
}

function sizeOf(value: Branch): string {
  const count = Object.keys(value).length;
  if (Array.isArray(value)) return count === 1 ? '1 item' : `${count} items`;
  return count === 1 ? '1 field' : `${count} fields`;
}

/** Numbers of this size are milliseconds of the years from 2001 to 2096. */
function isMoment(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 1e12 && value < 4e12;
}
