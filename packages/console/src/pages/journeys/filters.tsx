import type { Journey, Organization } from '@parley/api';
import { Choice } from '../../ui/field.tsx';

/** What is asked for, as it stands in the address. */
export interface Filter {
  readonly app: string;
  readonly bot: string;
  readonly version: string;
  readonly status: string;
  /** `true`: only those in which something went wrong. */
  readonly errors: string;
  /** How many milliseconds they took at least; any unless set. */
  readonly longer: string;
  /** How many days back; all unless set. */
  readonly days: string;
}

const DAY = 86_400_000;

export const STATUSES: Readonly<Record<Journey['status'], string>> = {
  running: 'Running',
  done: 'Done',
  expired: 'Expired',
  replaced: 'Replaced',
  claimed: 'Ended by a plugin',
  ended: 'Ended',
};

export function filterOf(search: URLSearchParams): Filter {
  const of = (key: string) => search.get(key) ?? '';
  const choice = { app: of('app'), bot: of('bot'), version: of('version'), status: of('status') };
  return { ...choice, errors: of('errors'), longer: of('longer'), days: of('days') };
}

/** What the API is asked; the span begins with a day, so that the question stays the same for a while. */
export function queryOf({ app, bot, version, status, errors, longer, days }: Filter) {
  return {
    ...(app === '' ? {} : { app }),
    ...(bot === '' ? {} : { bot }),
    ...(version === '' ? {} : { version }),
    ...(errors === 'true' ? { withErrors: errors } : {}),
    ...(/^\d+$/.test(longer) ? { longerThan: longer } : {}),
    ...(status in STATUSES ? { status: status as Journey['status'] } : {}),
    ...sinceOf(days),
  };
}

export function sinceOf(days: string): { readonly since?: number } {
  const count = Number(days);
  if (days === '' || !Number.isInteger(count) || count < 1) return {};
  return { since: (Math.floor(Date.now() / DAY) - count + 1) * DAY };
}

interface FiltersProps {
  readonly filter: Filter;
  readonly apps: Organization['apps'];
  readonly onChange: (changed: Partial<Filter>) => void;
}

export function Filters({ filter, apps, onChange }: FiltersProps) {
  const chosen = apps.filter(({ id }) => filter.app === '' || id === filter.app);
  const all = chosen.flatMap(({ bots }) => bots);
  const bots = [...new Set(all.map(({ id }) => id))];
  const versions = [...new Set(all.filter(({ id }) => id === filter.bot).map(({ version }) => version))];
  return (
    <div className="journey-filters">
      <Choice
        label="App"
        value={filter.app}
        onChange={({ target }) => onChange({ app: target.value, bot: '', version: '' })}
      >
        <option value="">All apps</option>
        {apps.map(({ id }) => (
          <option key={id}>{id}</option>
        ))}
      </Choice>
      <Choice
        label="Bot"
        value={filter.bot}
        onChange={({ target }) => {
          const app = chosen.find((one) => one.bots.some(({ id }) => id === target.value))?.id ?? filter.app;
          onChange({ bot: target.value, version: '', ...(target.value === '' ? {} : { app }) });
        }}
      >
        <option value="">All bots</option>
        {bots.map((bot) => (
          <option key={bot}>{bot}</option>
        ))}
      </Choice>
      {(versions.length > 1 || filter.version !== '') && (
        <Choice label="Version" value={filter.version} onChange={({ target }) => onChange({ version: target.value })}>
          <option value="">Any version</option>
          {[...new Set([...versions, filter.version])]
            .filter((version) => version !== '')
            .map((version) => (
              <option key={version}>{version}</option>
            ))}
        </Choice>
      )}
      <Choice label="Status" value={filter.status} onChange={({ target }) => onChange({ status: target.value })}>
        <option value="">Any status</option>
        {Object.entries(STATUSES).map(([status, word]) => (
          <option key={status} value={status}>
            {word}
          </option>
        ))}
      </Choice>
      <Choice label="Errors" value={filter.errors} onChange={({ target }) => onChange({ errors: target.value })}>
        <option value="">With and without</option>
        <option value="true">With errors</option>
      </Choice>
      <Choice label="Took" value={filter.longer} onChange={({ target }) => onChange({ longer: target.value })}>
        <option value="">Any time</option>
        <option value="60000">A minute or more</option>
        <option value="3600000">An hour or more</option>
        <option value="86400000">A day or more</option>
      </Choice>
      <Choice label="Begun" value={filter.days} onChange={({ target }) => onChange({ days: target.value })}>
        <option value="">Any time</option>
        <option value="1">Today</option>
        <option value="7">In the last 7 days</option>
        <option value="30">In the last 30 days</option>
        <option value="90">In the last 90 days</option>
      </Choice>
    </div>
  );
}
