import type { Organization } from '@parley/api';
import { useApi } from '../../lib/api.ts';
import { Copy } from '../../ui/copy.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { AppCard } from './app-card.tsx';
import './numbers.css';

/** Which number serves which app, and what the deployment is made of. */
export default function Numbers() {
  const organization = useApi('GET /organization', {});
  return (
    <Page title="Numbers">
      {organization.data === undefined ? (
        <Missing query={organization} />
      ) : (
        <div className="numbers">
          {organization.data.apps.length === 0 && (
            <Empty title="No app yet">
              Define one with <code>defineApp</code> and give it to <code>defineOrganization</code>.
            </Empty>
          )}
          {organization.data.apps.map((app) => (
            <AppCard key={app.id} app={app} />
          ))}
          <Deployment organization={organization.data} />
        </div>
      )}
    </Page>
  );
}

function Missing({ query }: { readonly query: ReturnType<typeof useApi<'GET /organization'>> }) {
  return query.error === null ? <Loading /> : <Failure error={query.error} onRetry={() => void query.refetch()} />;
}

function Deployment({ organization }: { readonly organization: Organization }) {
  const { publicUrl, storage, plugins, version } = organization;
  return (
    <Card title="Deployment">
      <dl className="facts">
        <div>
          <dt>Public URL</dt>
          <dd className="facts-url">
            <code>{publicUrl}</code>
            <Copy text={publicUrl} what="public URL" />
          </dd>
        </div>
        <div>
          <dt>Storage</dt>
          <dd>
            {storage.name}
            {storage.location !== undefined && <code className="facts-soft">{storage.location}</code>}
          </dd>
        </div>
        <div>
          <dt>Plugins</dt>
          <dd>
            {plugins.length === 0 ? (
              <span className="facts-soft">none</span>
            ) : (
              <ul className="plugins">
                {plugins.map((plugin) => (
                  <li key={plugin}>
                    <code>{plugin}</code>
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
        <div>
          <dt>Parley</dt>
          <dd>{version}</dd>
        </div>
      </dl>
    </Card>
  );
}
