import { useApi } from '../lib/api.ts';
import { Choice } from './field.tsx';
import './app-choice.css';

/** Which app is shown, or all of them; nothing where there is only one. */
export function AppChoice({
  app,
  onChange,
}: {
  /** Empty for all. */
  readonly app: string;
  readonly onChange: (app: string) => void;
}) {
  const organization = useApi('GET /organization', {});
  const apps = organization.data?.apps ?? [];
  if (apps.length < 2) return null;
  return (
    <div className="app-choice">
      <Choice label="App" value={app} onChange={({ target }) => onChange(target.value)}>
        <option value="">All apps</option>
        {apps.map(({ id }) => (
          <option key={id}>{id}</option>
        ))}
      </Choice>
    </div>
  );
}
