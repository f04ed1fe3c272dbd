import { formatMoment, formatPrecise, formatRelative } from '../lib/format.ts';

/** A moment in the time zone of whoever looks, exact when one points at it. */
export function Moment({ at, relative = false }: { readonly at: number; readonly relative?: boolean }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatPrecise(at)}>
      {relative ? formatRelative(at) : formatMoment(at)}
    </time>
  );
}
