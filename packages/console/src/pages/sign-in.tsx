import type { Session } from '@parley/api';
import { type FormEvent, useEffect, useState } from 'react';
import { useAct } from '../lib/api.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import './sign-in.css';

export function SignIn({ methods }: { readonly methods: Session['methods'] }) {
  useEffect(() => {
    document.title = 'Sign in · Parley';
  }, []);
  return (
    <main className="sign-in">
      <header>
        <img src={new URL('icon.svg', document.baseURI).href} width="40" height="40" alt="" />
        <h1>Sign in to Parley</h1>
      </header>
      {methods.openId && (
        <a
          className="button"
          data-tone={methods.password ? 'plain' : 'primary'}
          href={new URL('../api/v1/openid/start', document.baseURI).href}
        >
          Sign in with your organization
        </a>
      )}
      {methods.openId && methods.password && <p className="sign-in-or">or with a password</p>}
      {methods.password && <PasswordForm />}
      {!methods.password && !methods.openId && (
        <p>
          Nobody can sign in yet. Give the organization users or an OpenID Connect provider under <code>access</code>,
          or use a token with the API.
        </p>
      )}
    </main>
  );
}

function PasswordForm() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useAct('POST /session');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ body: { password, ...(name === '' ? {} : { name }) } });
  };
  return (
    <form onSubmit={submit}>
      <Field
        label="Name"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
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
      <p role="alert" className="visually-hidden">
        {signIn.error?.message}
      </p>
    </form>
  );
}
