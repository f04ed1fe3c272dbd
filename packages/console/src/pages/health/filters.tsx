import type { Organization } from '@parley/api';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { Choice, Field } from '../../ui/field.tsx';
import { DAY, dateValue, SPANS, type Span } from './span.ts';
import type { Scope } from './use-health.ts';
import './filters.css';

/** Of which number and which days the page tells. What is chosen is in the address. */
export function Filters({
  organization,
  scope,
  span,
}: {
  readonly organization: Organization | undefined;
  readonly scope: Scope;
  readonly span: Span;
}) {
  const [search, setSearch] = useSearchParams();
  const change = (patch: Readonly<Record<string, string | undefined>>): void => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(patch)) {
      if (value === undefined) next.delete(key);
      else next.set(key, value);
    }
    setSearch(next);
  };
  const choose = (id: string): void => change({ span: id, since: undefined, until: undefined });
  return (
    <div className="filters">
      <Choice
        label="App and number"
        value={choiceOf(scope)}
        onChange={({ target }) => {
          const [app, ours] = target.value.split(' ');
          change({ app: app || undefined, ours: ours || undefined });
        }}
      >
        <option value="">All apps</option>
        {optionsOf(organization, scope).map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Choice>
      <fieldset className="segments">
        <legend className="visually-hidden">Span of time</legend>
        {SPANS.map(({ id, name }) => (
          <button key={id} type="button" aria-pressed={span.id === id} onClick={() => choose(id)}>
            {name}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={span.id === 'custom'}
          onClick={() => change({ span: 'custom', since: dateValue(span.since), until: dateValue(span.until - DAY) })}
        >
          Custom
        </button>
      </fieldset>
      {span.id === 'custom' && (
        <Days key={`${span.since} ${span.until}`} span={span} onChange={(since, until) => change({ since, until })} />
      )}
    </div>
  );
}

/** The first and the last day; what makes no sense yet is kept here until it does. */
function Days({ span, onChange }: { readonly span: Span; readonly onChange: (since: string, until: string) => void }) {
  const [since, setSince] = useState(dateValue(span.since));
  const [until, setUntil] = useState(dateValue(span.until - DAY));
  const error = since > until ? 'Ends before it begins' : undefined;
  const take = (from: string, to: string): void => {
    setSince(from);
    setUntil(to);
    if (from !== '' && to !== '' && from <= to) onChange(from, to);
  };
  const today = dateValue(Date.now());
  return (
    <div className="filters-days">
      <Field label="From" type="date" value={since} max={today} onChange={(event) => take(event.target.value, until)} />
      <Field
        label="To"
        type="date"
        value={until}
        max={today}
        error={error}
        onChange={(event) => take(since, event.target.value)}
      />
    </div>
  );
}

function choiceOf({ app = '', ours }: Scope): string {
  return ours === undefined ? app : `${app} ${ours}`;
}

function optionsOf(organization: Organization | undefined, scope: Scope) {
  const apps = organization?.apps ?? [];
  const options = apps.map(({ id, address }) => ({ value: id, name: `${id} · ${address}` }));
  // A number that an app had before, or an app that there was.
  const chosen = choiceOf(scope);
  if (chosen !== '' && !options.some(({ value }) => value === chosen)) {
    options.push({ value: chosen, name: [scope.app, scope.ours].filter(Boolean).join(' · ') });
  }
  return options;
}
