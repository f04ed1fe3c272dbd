import { type Change, MOST_CHANGES } from './diff.ts';

const SIGNS = { added: '+', changed: '~', removed: '−' } as const;
const LONGEST = 240;

/** What a step has changed, a line for each. */
export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return <p className="changes-none">Nothing that it knows has changed.</p>;
  return (
    <>
      <ul className="changes">
        {changes.map(({ path, kind, before, after }) => (
          <li key={path.join('\u0000')} data-kind={kind}>
            <span aria-hidden="true">{SIGNS[kind]}</span>
            <span className="visually-hidden">{kind} </span>
            <span>
              <code>{path.join('.')}</code> {kind !== 'added' && <del>{brief(before)}</del>}
              {kind === 'changed' && <span aria-hidden="true"> → </span>}
              {kind !== 'removed' && <ins>{brief(after)}</ins>}
            </span>
          </li>
        ))}
      </ul>
      {changes.length >= MOST_CHANGES && <p className="changes-none">And more: see the whole state.</p>}
    </>
  );
}

export function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
