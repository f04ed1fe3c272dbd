import type { Actor } from '@parley/api';
import { useState } from 'react';
import { useAct } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Attributes } from './attributes.tsx';
import { draftOf, patchOf } from './draft.ts';
import { FIELDS } from './fields.ts';
import './profile-form.css';

/** Changes what is known of a person; an empty field forgets it. */
export function ProfileForm({
  id,
  actor,
  onClose,
}: {
  readonly id: string;
  readonly actor: Actor;
  readonly onClose: () => void;
}) {
  const toast = useToast();
  const change = useAct('PATCH /people/:conversation');
  const [draft, setDraft] = useState(() => draftOf(actor));
  const problems = FIELDS.map(({ name, problemWith }) => {
    const value = draft.fields[name].trim();
    return value === '' ? undefined : problemWith?.(value);
  });
  const save = (): void => {
    const body = patchOf(actor, draft);
    if (Object.keys(body).length === 0) return onClose();
    change.mutate(
      { params: { conversation: id }, body },
      {
        onSuccess: () => {
          toast('The profile was changed.');
          onClose();
        },
        onError: (error) => toast(error.message, 'bad'),
      },
    );
  };
  return (
    <form
      className="profile-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (problems.every((problem) => problem === undefined)) save();
      }}
    >
      {FIELDS.map(({ name, label, example }, index) => (
        <Field
          key={name}
          label={label}
          value={draft.fields[name]}
          placeholder={example}
          error={problems[index]}
          autoComplete="off"
          onChange={({ target }) => setDraft({ ...draft, fields: { ...draft.fields, [name]: target.value } })}
        />
      ))}
      <Attributes
        attributes={draft.attributes}
        onChange={(attributes) => setDraft((current) => ({ ...current, attributes }))}
      />
      <footer>
        <Button onClick={onClose}>Leave it</Button>
        <Button type="submit" tone="primary" busy={change.isPending}>
          Save
        </Button>
      </footer>
    </form>
  );
}
