import { useEffect, useRef, useState } from 'react';
import { useApi } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { Choice, Field } from '../../ui/field.tsx';
import { type Filter, isSearch, type useFilter } from './filter.ts';

/** How long after the last key a search begins, in milliseconds. */
const PAUSE = 300;

/** What to ask for: a number, an app, and what is the matter. */
export function Filters({ filter, onChange }: { readonly filter: Filter; readonly onChange: Change }) {
  const organization = useApi('GET /organization', {});
  const apps = organization.data?.apps ?? [];
  const maySearch = useMay('agent');
  return (
    <search className="people-filters" aria-label="Conversations">
      {maySearch && <Search filter={filter} onChange={onChange} />}
      <Choice label="App" value={filter.app ?? ''} onChange={({ target }) => onChange({ app: target.value })}>
        <option value="">All apps</option>
        {apps.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </Choice>
      <fieldset className="people-filters-toggles">
        <legend className="visually-hidden">Only those that are</legend>
        <Toggle isOn={filter.handedOver} label="Handed over" onToggle={(handedOver) => onChange({ handedOver })} />
        <Toggle isOn={filter.parked} label="Parked" onToggle={(parked) => onChange({ parked })} />
      </fieldset>
    </search>
  );
}

type Change = ReturnType<typeof useFilter>[1];

function Search({ filter: { person }, onChange }: { readonly filter: Filter; readonly onChange: Change }) {
  const [typed, setTyped] = useState(person ?? '');
  const told = useRef(person ?? '');
  // Going back changes what is looked for without a key.
  useEffect(() => {
    if ((person ?? '') === told.current) return;
    told.current = person ?? '';
    setTyped(person ?? '');
  }, [person]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      onChange({ person: typed }, { replace: true });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  const isShort = typed !== '' && !isSearch(typed);
  return (
    <Field
      label={isShort ? 'Number begins with – 3 digits at least' : 'Number begins with'}
      type="search"
      inputMode="tel"
      placeholder="+1 415 555"
      maxLength={20}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  );
}

function Toggle({
  isOn,
  label,
  onToggle,
}: {
  readonly isOn: boolean;
  readonly label: string;
  readonly onToggle: (isOn: boolean) => void;
}) {
  return (
    <button type="button" className="people-filters-toggle" aria-pressed={isOn} onClick={() => onToggle(!isOn)}>
      {label}
    </button>
  );
}
