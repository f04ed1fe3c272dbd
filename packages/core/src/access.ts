import * as z from 'zod';
import { isLoopback } from './loopback.ts';

/**
 * What people may do in the console and through the API. A `viewer` sees everything with numbers masked, an `agent` also sees numbers
 * and answers people, an `operator` also changes and erases.
 */
export type AccessRole = 'viewer' | 'agent' | 'operator';

/** Who may use the console and the API. Nobody may unless somebody is named here. */
export interface Access {
  /** People who sign in with a password. */
  readonly users?: readonly AccessUser[];
  /** Programs, which send `Authorization: Bearer <token>`. */
  readonly tokens?: readonly AccessToken[];
  /** People who sign in with an OpenID Connect provider. */
  readonly openId?: OpenIdAccess;
}

export interface AccessUser {
  /** Unique. */
  readonly name: string;
  readonly role: AccessRole;
  /** What `parley password` prints: never the password itself. */
  readonly passwordHash: string;
}

export interface AccessToken {
  /** Unique; what the audit log calls it. */
  readonly name: string;
  readonly role: AccessRole;
  /** 32 characters at least, from the environment rather than from the code. */
  readonly token: string;
}

export interface OpenIdAccess {
  /** `https://accounts.example.com`; its configuration is read from there. Without TLS only on this computer, for development. */
  readonly issuer: string;
  readonly clientId: string;
  /** From the environment rather than from the code. */
  readonly clientSecret: string;
  /** Who may do what, by email address (`ann@example.com`) or by domain (`@example.com`); the address has to be verified. */
  readonly roles: Readonly<Record<string, AccessRole>>;
}

const role = z.enum(['viewer', 'agent', 'operator']);

export const accessSchema = z.strictObject({
  users: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        role,
        passwordHash: z
          .string()
          .regex(/^scrypt\$\d+\$\d+\$\d+\$[\w-]+\$[\w-]+$/, 'a password hash is what parley password prints'),
      }),
    )
    .default([]),
  tokens: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        role,
        token: z.string().min(32, 'a token has 32 characters at least'),
      }),
    )
    .default([]),
  openId: z
    .strictObject({
      issuer: z
        .url({ protocol: /^https?$/ })
        .refine(isPrivate, 'an issuer begins with https://, or whoever is in between could sign in as anybody'),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1),
      roles: z.record(z.string().includes('@'), role),
    })
    .optional(),
});

/** Whether nobody in between can read or change what is exchanged; what is no URL has been refused for that. */
function isPrivate(issuer: string): boolean {
  if (!URL.canParse(issuer)) return true;
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'https:' || isLoopback(hostname);
}
