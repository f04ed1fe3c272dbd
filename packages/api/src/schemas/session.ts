import * as z from 'zod';
import { ROLES } from '../route.ts';

export const role = z.enum(ROLES);

/** Who is signed in, and how one can. */
export const session = z.object({
  user: z.object({ name: z.string(), role }).optional(),
  /** Which ways there are. `open`: nothing is needed, on this computer in development. */
  methods: z.object({ open: z.boolean(), password: z.boolean(), openId: z.boolean() }),
});

export const signIn = z.object({
  /** Default: where there is one password only, its name is not needed. */
  name: z.string().min(1).max(200).optional(),
  password: z.string().min(1).max(1_000),
});

export const auditEntry = z.object({
  id: z.string(),
  at: z.number().int(),
  user: z.string(),
  role,
  /** `message.resend`, `conversation.reply`, `session.sign-in` … */
  act: z.string(),
  /** What it was done to: ids, never a text or a number. */
  target: z.string().optional(),
  /** The code of the error that it ended with. */
  failed: z.string().optional(),
});

export type Session = z.infer<typeof session>;
export type AuditEntry = z.infer<typeof auditEntry>;
