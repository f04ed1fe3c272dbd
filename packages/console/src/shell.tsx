import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useAct, useApi } from './lib/api.ts';
import { useMay, useUser } from './lib/session.ts';
import { Icon, type IconName } from './ui/icon.tsx';
import './shell.css';

interface Place {
  readonly to: string;
  readonly name: string;
  readonly icon: IconName;
}

const PLACES: readonly Place[] = [
  { to: '/', name: 'Health', icon: 'pulse' },
  { to: '/texts', name: 'Texts', icon: 'text' },
  { to: '/conversations', name: 'Conversations', icon: 'chat' },
  { to: '/inbox', name: 'Inbox', icon: 'inbox' },
  { to: '/journeys', name: 'Journeys', icon: 'path' },
  { to: '/parked', name: 'Parked', icon: 'pause' },
  { to: '/numbers', name: 'Numbers', icon: 'hash' },
];

const AUDIT: Place = { to: '/audit', name: 'Audit log', icon: 'list' };

/** What is around every page: where one can go, and who one is. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const organization = useApi('GET /organization', {});
  const places = useMay('operator') ? [...PLACES, AUDIT] : PLACES;
  return (
    <div className="shell" data-open={open || undefined}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="shell-bar">
        <button
          type="button"
          className="shell-toggle"
          aria-expanded={open}
          aria-controls="places"
          aria-label={open ? 'Close the menu' : 'Open the menu'}
          onClick={() => setOpen(!open)}
        >
          <Icon name="menu" />
        </button>
        <span className="shell-name">{organization.data?.name ?? 'Parley'}</span>
      </header>
      <nav id="places" className="shell-nav" aria-label="Pages">
        <p className="shell-brand">
          <strong>{organization.data?.name ?? 'Parley'}</strong>
          <span>Parley console</span>
        </p>
        <ul>
          {places.map((place) => (
            <li key={place.to}>
              <PlaceLink place={place} onGo={() => setOpen(false)} />
            </li>
          ))}
          {organization.data?.phone !== undefined && (
            <li>
              <a className="shell-link" href={organization.data.phone} target="_blank" rel="noreferrer">
                <Icon name="phone" /> Phone
              </a>
            </li>
          )}
        </ul>
        <Account />
      </nav>
      <main id="main" className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function PlaceLink({ place: { to, name, icon }, onGo }: { readonly place: Place; readonly onGo: () => void }) {
  const [location] = useLocation();
  const isHere = to === '/' ? location === '/' : location === to || location.startsWith(`${to}/`);
  return (
    <Link to={to} className="shell-link" aria-current={isHere ? 'page' : undefined} onClick={onGo}>
      <Icon name={icon} /> {name}
    </Link>
  );
}

function Account() {
  const { name, role } = useUser();
  const signOut = useAct('DELETE /session');
  return (
    <div className="shell-account">
      <span>
        {name} <small>{role}</small>
      </span>
      <button type="button" className="link" onClick={() => signOut.mutate({})}>
        Sign out
      </button>
    </div>
  );
}
