import type { Actor } from '@parley/api';
import { useState } from 'react';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Card } from '../../ui/page.tsx';
import { FIELDS } from './fields.ts';
import { ProfileForm } from './profile-form.tsx';

/** What the organization knows of a person, to read and to change. */
export function Profile({ id, actor }: { readonly id: string; readonly actor: Actor }) {
  const isOperator = useMay('operator');
  const [isChanging, setChanging] = useState(false);
  if (isChanging) {
    return (
      <Card title="Profile">
        <ProfileForm id={id} actor={actor} onClose={() => setChanging(false)} />
      </Card>
    );
  }
  return (
    <Card
      title="Profile"
      actions={
        isOperator && (
          <Button onClick={() => setChanging(true)}>
            <Icon name="edit" /> Change
          </Button>
        )
      }
    >
      <Facts>
        <Fact label="Number">{actor.address}</Fact>
        {FIELDS.map(({ name, label }) => (
          <Fact key={name} label={label}>
            {actor[name]}
          </Fact>
        ))}
        {Object.entries(actor.attributes ?? {}).map(([name, value]) => (
          <Fact key={name} label={name}>
            {typeof value === 'string' ? value : <code>{JSON.stringify(value)}</code>}
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}
