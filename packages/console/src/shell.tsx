import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useAct, useApi } from './lib/api.ts';
import { useLive } from './lib/live.ts';
import { useMay, useUser } from './lib/session.ts';
import { useCounts } from './shell-counts.ts';
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

/** Where there are phones that nobody has. */
const PHONE: Place = { to: '/phone', name: 'Phone', icon: 'phone' };
const AUDIT: Place = { to: '/audit', name: 'Audit log', icon: 'list' };

/** What is around every page: where one can go, what waits there, and who one is. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const organization = useApi('GET /organization', {});
  const counts = useCounts();
  const connected = useLive({}, counts.hear);
  const isOperator = useMay('operator');
  const hasPhones = organization.data?.apps.some(({ emulated }) => emulated) ?? false;
  const places = isOperator ? [...PLACES, AUDIT, ...(hasPhones ? [PHONE] : [])] : PLACES;
  const name = organization.data?.name ?? 'Parley';
  useArrival(main.current);
  useEscape(open, () => {
    setOpen(false);
    toggle.current?.focus();
  });
  return (
    <div className="shell" data-open={open || undefined}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="shell-bar">
        <button
          ref={toggle}
          type="button"
          className="shell-toggle"
          aria-expanded={open}
          aria-controls="places"
          aria-label={open ? 'Close the menu' : 'Open the menu'}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'close' : 'menu'} />
        </button>
        <span className="shell-name">{name}</span>
      </header>
      <nav id="places" className="shell-nav" aria-label="Pages">
        <p className="shell-brand">
          <strong>{name}</strong>
          <span>Parley console</span>
        </p>
        <ul>
          {places.map((place) => (
            <li key={place.to}>
              <PlaceLink place={place} count={counts.of[place.to]} onGo={() => setOpen(false)} />
            </li>
          ))}
        </ul>
        <Account />
      </nav>
      <main id="main" ref={main} className="shell-main" tabIndex={-1}>
        <div role="status">
          {!connected && (
            <p className="shell-lost">
              <Icon name="warning" size={16} /> No news from the server: what is shown may be old. Trying again…
            </p>
          )}
        </div>
        {children}
      </main>
    </div>
  );
}

/** A page that one has gone to begins at its top, and with it what is read out; one that one has come back to stays where it was. */
function useArrival(main: HTMLElement | null): void {
  const [location] = useLocation();
  const arrived = useRef({ at: location, isBack: false });
  useEffect(() => {
    const onBack = (): void => {
      arrived.current.isBack = true;
    };
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, []);
  useEffect(() => {
    const { at, isBack } = arrived.current;
    arrived.current = { at: location, isBack: false };
    if (at === location || isBack) return;
    scrollTo(0, 0);
    // The link that was followed has gone with its page.
    if (document.activeElement === document.body) main?.focus({ preventScroll: true });
  }, [location, main]);
}

function useEscape(enabled: boolean, onEscape: () => void): void {
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onEscape();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
}

function PlaceLink({
  place: { to, name, icon },
  count,
  onGo,
}: {
  readonly place: Place;
  readonly count: string | undefined;
  readonly onGo: () => void;
}) {
  const [location] = useLocation();
  const isHere = to === '/' ? location === '/' : location === to || location.startsWith(`${to}/`);
  return (
    <Link to={to} className="shell-link" aria-current={isHere ? 'page' : undefined} onClick={onGo}>
      <Icon name={icon} /> {name}
      {count !== undefined && (
        <span className="shell-count" data-tone={to === '/parked' ? 'bad' : undefined}>
          {count}
          <span className="visually-hidden"> waiting</span>
        </span>
      )}
    </Link>
  );
}

function Account() {
  const { name, role } = useUser();
  const session = useApi('GET /session', {});
  const signOut = useAct('DELETE /session');
  // Where nothing is needed to sign in there is nothing to sign out of.
  const isOpen = session.data?.methods.open === true && !session.data.methods.password && !session.data.methods.openId;
  return (
    <div className="shell-account">
      <span>
        {name} <small>{role}</small>
      </span>
      {isOpen ? (
        <small>open on this computer</small>
      ) : (
        <button
          type="button"
          className="link"
          disabled={signOut.isPending}
          // Loaded anew, so that nothing of what was seen is kept.
          onClick={() => signOut.mutate({}, { onSuccess: () => location.assign(document.baseURI) })}
        >
          Sign out
        </button>
      )}
    </div>
  );
}
