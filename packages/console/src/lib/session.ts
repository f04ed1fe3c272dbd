import type { Role, Session } from '@parley/api';
import { createContext, useContext } from 'react';

type User = NonNullable<Session['user']>;

/** Who is signed in. */
export const SessionContext = createContext<User | undefined>(undefined);

const ORDER: readonly Role[] = ['viewer', 'agent', 'operator'];

/** Whether whoever is signed in may do what this role may. The server decides; this is for not offering what it refuses. */
export function useMay(role: Role): boolean {
  const user = useContext(SessionContext);
  return user !== undefined && ORDER.indexOf(user.role) >= ORDER.indexOf(role);
}

export function useUser(): User {
  const user = useContext(SessionContext);
  if (user === undefined) throw new Error('Nobody is signed in.');
  return user;
}
