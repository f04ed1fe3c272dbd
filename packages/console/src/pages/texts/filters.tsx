import type { Organization } from '@parley/api';
import { useState } from 'react';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type Filter, numberOf, SPANS, STATUSES } from './filter.ts';
import { Times } from './times.tsx';
import { Typed } from './typed.tsx';
import type { useFilter } from './use-filter.ts';
import './filters.css';

type Change = ReturnType<typeof useFilter>[1];

/** Which of all texts are shown. */
export function Filters({
  filter,
  onChange,
  onClear,
  organization,
}: {
  readonly filter: Filter;
  readonly onChange: Change;
  readonly onClear: () => void;
  readonly organization: Organization | undefined;
}) {
  const { theirs, conversation, bot, notification, code, since, until } = filter;
  const rare = [theirs, conversation, bot, notification, code, since, until];
  const count = rare.filter((value) => value !== undefined).length;
  const [open, setOpen] = useState(count > 0);
  const apps = (organization?.apps ?? []).map(({ id }) => id);
  return (
    <search className="texts-filters" data-open={open || undefined}>
      <div className="texts-filters-row">
        <Typed
          label="Words in the text"
          type="search"
          value={filter.text ?? ''}
          onChange={(text) => onChange({ text }, { replace: true })}
        />
        <Pick label="App" any="All apps" value={filter.app} options={apps} onChange={(app) => onChange({ app })} />
        <Choice
          label="Direction"
          value={filter.direction ?? ''}
          onChange={({ target }) => onChange({ direction: target.value })}
        >
          <option value="">In and out</option>
          <option value="inbound">In</option>
          <option value="outbound">Out</option>
        </Choice>
        <Choice
          label="Status"
          value={filter.status ?? ''}
          onChange={({ target }) => onChange({ status: target.value })}
        >
          <option value="">Any status</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {status.charAt(0).toUpperCase() + status.slice(1)}
            </option>
          ))}
        </Choice>
        <Choice
          label="Time"
          value={filter.span ?? ((filter.since ?? filter.until) ? 'own' : '')}
          onChange={({ target }) => onChange({ span: target.value, since: undefined, until: undefined })}
        >
          <option value="">Any time</option>
          {SPANS.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {(filter.since ?? filter.until) !== undefined && <option value="own">As given below</option>}
        </Choice>
        <Button aria-expanded={open} aria-controls="texts-more" onClick={() => setOpen(!open)}>
          <Icon name="filter" /> {count === 0 ? 'Filters' : `Filters (${count})`}
        </Button>
      </div>
      {open && <Rare filter={filter} onChange={onChange} organization={organization} />}
      {Object.keys(filter).length > 0 && (
        <button type="button" className="link texts-filters-clear" onClick={onClear}>
          Show all texts
        </button>
      )}
    </search>
  );
}

function Rare({
  filter,
  onChange,
  organization,
}: {
  readonly filter: Filter;
  readonly onChange: Change;
  readonly organization: Organization | undefined;
}) {
  const sees = useMay('agent');
  const apps = (organization?.apps ?? []).filter(({ id }) => filter.app === undefined || id === filter.app);
  const bots = [...new Set(apps.flatMap((app) => app.bots.map(({ id }) => id)))];
  return (
    <div id="texts-more" className="texts-filters-row texts-filters-rare">
      {sees && (
        <Typed
          label="Person’s number"
          inputMode="tel"
          placeholder="+14155550123"
          value={filter.theirs ?? ''}
          problemWith={(typed) => (numberOf(typed) === undefined ? 'The whole number, with + in front' : undefined)}
          onChange={(typed) => onChange({ theirs: numberOf(typed) }, { replace: true })}
        />
      )}
      <Pick label="Said by bot" any="Any" value={filter.bot} options={bots} onChange={(bot) => onChange({ bot })} />
      <Typed
        label="Of notification"
        placeholder="its name"
        value={filter.notification ?? ''}
        onChange={(notification) => onChange({ notification }, { replace: true })}
      />
      <Typed
        label="Failed with code"
        placeholder="30003"
        value={filter.code ?? ''}
        onChange={(code) => onChange({ code: code.trim() }, { replace: true })}
      />
      <Times filter={filter} onChange={(times) => onChange({ ...times, span: undefined }, { replace: true })} />
      {filter.conversation !== undefined && (
        <Button onClick={() => onChange({ conversation: undefined })}>
          <Icon name="close" /> Not only of one conversation
        </Button>
      )}
    </div>
  );
}

/** One of several, or any; what is chosen and not among them stays there. */
function Pick({
  label,
  any,
  value = '',
  options,
  onChange,
}: {
  readonly label: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}) {
  const all = value === '' || options.includes(value) ? options : [...options, value];
  return (
    <Choice label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{any}</option>
      {all.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </Choice>
  );
}
