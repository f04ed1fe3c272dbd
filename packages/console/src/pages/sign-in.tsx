import type { Session } from '@parley/api';
import { type FormEvent, useEffect, useState } from 'react';
import { useAct } from '../lib/api.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import './sign-in.css';

export function SignIn({ methods }: { readonly methods: Session['methods'] }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useAct('POST /session');
  useEffect(() => {
    document.title = 'Sign in · Parley';
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ body: { password, ...(name === '' ? {} : { name }) } });
  };
  return (
    <main className="sign-in">
      <h1>Parley console</h1>
      {methods.password && (
        <form onSubmit={submit}>
          <Field label="Name" autoComplete="username" value={name} onChange={(event) => setName(event.target.value)} />
          <Field
            label="Password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            error={signIn.error?.message}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button type="submit" tone="primary" busy={signIn.isPending}>
            Sign in
          </Button>
        </form>
      )}
      {methods.openId && (
        <a className="button" data-tone="primary" href={new URL('../api/v1/openid/start', document.baseURI).href}>
          Sign in with your organization
        </a>
      )}
      {!methods.password && !methods.openId && (
        <p>
          Nobody can sign in yet. Give <code>serve</code> a password or an OpenID Connect provider under{' '}
          <code>console</code>, or use a token with the API.
        </p>
      )}
    </main>
  );
}
