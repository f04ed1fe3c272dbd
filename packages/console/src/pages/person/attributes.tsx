import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Draft } from './draft.ts';

type Attribute = Draft['attributes'][number];

/** Whatever else is known: names and values. */
export function Attributes({
  attributes,
  onChange,
}: {
  readonly attributes: Draft['attributes'];
  readonly onChange: (attributes: Draft['attributes']) => void;
}) {
  const change = (id: number, patch: Partial<Attribute>): void =>
    onChange(attributes.map((one) => (one.id === id ? { ...one, ...patch } : one)));
  const add = (): void => onChange([...attributes, { id: (attributes.at(-1)?.id ?? -1) + 1, name: '', value: '' }]);
  return (
    <fieldset>
      <legend>Attributes</legend>
      {attributes.map(({ id, name, value }) => (
        <div key={id} className="profile-attribute">
          <Field label="Name" value={name} onChange={({ target }) => change(id, { name: target.value })} />
          <Field label="Value" value={value} onChange={({ target }) => change(id, { value: target.value })} />
          <Button
            tone="quiet"
            aria-label={`Forget ${name === '' ? 'this attribute' : name}`}
            onClick={() => onChange(attributes.filter((one) => one.id !== id))}
          >
            <Icon name="trash" />
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={add}>Add an attribute</Button>
      </div>
    </fieldset>
  );
}
