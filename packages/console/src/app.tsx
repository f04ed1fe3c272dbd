import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useApi } from './lib/api.ts';
import { SessionContext } from './lib/session.ts';
import { SignIn } from './pages/sign-in.tsx';
import { Shell } from './shell.tsx';
import { Failure, Loading, NotFound } from './ui/states.tsx';

/** Each page is a file of its own, loaded when somebody goes there. */
const Health = lazy(() => import('./pages/health/health.tsx'));
const Texts = lazy(() => import('./pages/texts/texts.tsx'));
const Text = lazy(() => import('./pages/text/text.tsx'));
const Conversations = lazy(() => import('./pages/conversations/conversations.tsx'));
const Conversation = lazy(() => import('./pages/conversation/conversation.tsx'));
const Journeys = lazy(() => import('./pages/journeys/journeys.tsx'));
const Parked = lazy(() => import('./pages/parked/parked.tsx'));
const Inbox = lazy(() => import('./pages/inbox/inbox.tsx'));
const Person = lazy(() => import('./pages/person/person.tsx'));
const Numbers = lazy(() => import('./pages/numbers/numbers.tsx'));
const Phone = lazy(() => import('./pages/phone/phone.tsx'));
const Audit = lazy(() => import('./pages/audit/audit.tsx'));

export function App() {
  const session = useApi('GET /session', {});
  // Once it is known who is signed in, a server that is away for a moment takes nothing off the screen.
  if (session.data === undefined) {
    return session.error === null ? (
      <Loading />
    ) : (
      <Failure error={session.error} onRetry={() => void session.refetch()} />
    );
  }
  const { user } = session.data;
  if (user === undefined) return <SignIn methods={session.data.methods} />;
  return (
    <SessionContext value={user}>
      <Shell>
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/" component={Health} />
            <Route path="/texts" component={Texts} />
            <Route path="/texts/:id">{({ id }) => <Text id={id} />}</Route>
            <Route path="/conversations" component={Conversations} />
            <Route path="/conversations/:id">{({ id }) => <Conversation id={id} />}</Route>
            <Route path="/journeys" component={Journeys} />
            <Route path="/parked" component={Parked} />
            <Route path="/inbox" component={Inbox} />
            <Route path="/people/:id">{({ id }) => <Person id={id} />}</Route>
            <Route path="/numbers" component={Numbers} />
            <Route path="/phone" component={Phone} />
            <Route path="/audit" component={Audit} />
            <Route path="/health">
              <Redirect to="/" />
            </Route>
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      </Shell>
    </SessionContext>
  );
}
