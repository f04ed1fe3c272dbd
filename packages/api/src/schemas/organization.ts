import * as z from 'zod';

/** What the deployment serves. */
export const organization = z.object({
  name: z.string(),
  version: z.string(),
  publicUrl: z.string(),
  apps: z.array(
    z.object({
      id: z.string(),
      mode: z.enum(['preview', 'published']),
      /** Our number or messaging service. */
      address: z.string(),
      transport: z.string(),
      bots: z.array(z.object({ id: z.string(), version: z.string(), triggers: z.array(z.string()) })),
      /** What to paste at the provider, for texts that come in; absent where there is no provider. */
      inboundUrl: z.string().optional(),
      /** Where people write to it in a browser, if it has such a page. */
      page: z.string().optional(),
      /** Whether nothing of it leaves this computer. */
      emulated: z.boolean(),
      journal: z.boolean(),
      confidential: z.boolean(),
    }),
  ),
  plugins: z.array(z.string()),
  storage: z.object({ name: z.string(), location: z.string().optional() }),
  /** Where the phone page is, in development. */
  phone: z.string().optional(),
});

/** What was found about a number at its provider. */
export const numberCheck = z.object({
  /** `ok`, `differs` (another URL is set), `unknown` (the provider can not be asked). */
  result: z.enum(['ok', 'differs', 'unknown']),
  /** What to do, in a sentence. */
  advice: z.string(),
});

export type Organization = z.infer<typeof organization>;
