import { Field } from '../../ui/field.tsx';
import type { Filter } from './filter.ts';

/** From when until when, in the time zone of whoever looks. */
export function Times({
  filter: { since, until },
  onChange,
}: {
  readonly filter: Filter;
  readonly onChange: (times: { readonly since?: string | undefined; readonly until?: string | undefined }) => void;
}) {
  return (
    <>
      <Field
        label="From"
        type="datetime-local"
        value={localOf(since)}
        onChange={({ target }) => onChange({ since: momentOf(target.value) })}
      />
      <Field
        label="Until"
        type="datetime-local"
        value={localOf(until)}
        error={since !== undefined && until !== undefined && until <= since ? 'Ends before it begins' : undefined}
        onChange={({ target }) => onChange({ until: momentOf(target.value) })}
      />
    </>
  );
}

function momentOf(local: string): string | undefined {
  const at = Date.parse(local);
  return Number.isNaN(at) ? undefined : String(at);
}

/** `2026-11-24T10:30`, as the field wants it. */
function localOf(at: number | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  const local = new Date(at - date.getTimezoneOffset() * 60_000);
  return Number.isNaN(local.getTime()) ? '' : local.toISOString().slice(0, 16);
}
