import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ApiError } from '../lib/client.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import './states.css';

/** What stands where something is not there: not yet, not any more, or never. */

export function Loading({ label = 'Loading' }: { readonly label?: string }) {
  return (
    <div className="state" role="status">
      <span className="spinner" aria-hidden="true" />
      <p>{label}…</p>
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}

export function Failure({ error, onRetry }: { readonly error: ApiError; readonly onRetry?: () => void }) {
  return (
    <div className="state" role="alert">
      <Icon name="warning" size={28} />
      <h2>That did not work</h2>
      <p>{error.message}</p>
      <p className="mono">{error.code}</p>
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

export function NotFound() {
  return (
    <Empty title="There is no such page">
      <Link to="/">Go to Health</Link>
    </Empty>
  );
}
