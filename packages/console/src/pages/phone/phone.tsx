import type { Organization } from '@parley/api';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { useAct, useApi } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Empty, Failure, Loading } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';
import { RecentPeople } from '../conversations/recent-people.tsx';
import { somebodyBeside } from './somebody.ts';
import './phone.css';

/** Texts apps as somebody whose phone is emulated; the conversation's page goes on from there. */
export default function Phone() {
  const organization = useApi('GET /organization', {});
  const may = useMay('operator');
  const { data } = organization;
  if (data === undefined) {
    if (organization.error === null) return <Loading />;
    return <Failure error={organization.error} onRetry={() => void organization.refetch()} />;
  }
  const apps = data.apps.filter(({ emulated }) => emulated);
  return (
    <Page title="Phone">
      {apps.length === 0 || !may ? (
        <Empty title="There is no phone to text from">
          {may
            ? 'The apps have real numbers: text them from a real phone. In parley dev without credentials, phones are emulated.'
            : 'Only operators text as somebody else.'}
        </Empty>
      ) : (
        <Open apps={apps} phones={data.phone} />
      )}
    </Page>
  );
}

function Open({
  apps,
  phones,
}: {
  readonly apps: Organization['apps'];
  /** Where several phones can be had side by side. */
  readonly phones: string | undefined;
}) {
  const [id, setApp] = useState(apps[0]?.id ?? '');
  return (
    <div className="phone">
      <Card title="Text as somebody">
        <FirstText app={id} apps={apps} onApp={setApp} />
        {phones !== undefined && (
          <p className="phone-more">
            Several phones side by side, with pictures:{' '}
            <a href={phones} target="_blank" rel="noreferrer">
              the phones of this server
            </a>
            .
          </p>
        )}
      </Card>
      <section aria-labelledby="phone-recent">
        <h2 id="phone-recent">Go on where somebody was</h2>
        <RecentPeople key={id} app={id} />
      </section>
    </div>
  );
}

function FirstText({
  app,
  apps,
  onApp,
}: {
  readonly app: string;
  readonly apps: Organization['apps'];
  readonly onApp: (id: string) => void;
}) {
  const toast = useToast();
  const [, goTo] = useLocation();
  const send = useAct('POST /phone/apps/:app');
  const [phone, setPhone] = useState(() => somebodyBeside(apps.map(({ address }) => address)));
  const [text, setText] = useState('');
  const plain = phone.replace(/[\s().-]/g, '');
  const isNumber = /^\+[1-9]\d{6,14}$/.test(plain);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isNumber || text.trim() === '' || send.isPending) return;
    send.mutate(
      { params: { app }, body: { phone: plain, text } },
      {
        onSuccess: ({ conversation }) => goTo(`/conversations/${encodeURIComponent(conversation)}`),
        onError: ({ message }) => toast(message, 'bad'),
      },
    );
  };
  return (
    <form className="phone-form" onSubmit={onSubmit}>
      <Choice label="App" value={app} onChange={({ target }) => onApp(target.value)}>
        {apps.map(({ id, address }) => (
          <option key={id} value={id}>
            {id} ({address})
          </option>
        ))}
      </Choice>
      <Field
        label="Their number"
        inputMode="tel"
        value={phone}
        onChange={({ target }) => setPhone(target.value)}
        error={isNumber || phone === '' ? undefined : 'A plus sign and 7 to 15 digits'}
      />
      <Field
        label="Their text"
        maxLength={1_600}
        value={text}
        onChange={({ target }) => setText(target.value)}
        autoComplete="off"
      />
      <Button type="submit" tone="primary" busy={send.isPending} disabled={!isNumber || text.trim() === ''}>
        Send
      </Button>
    </form>
  );
}
