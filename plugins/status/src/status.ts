import { type MessageRecord, type Plugin, type PluginContext, parseOptions } from '@parley/core';
import * as z from 'zod';
import { createReconciler, type ReconcileOptions } from './reconcile.ts';
import { createResender, type ResendOptions } from './resend.ts';

export interface StatusOptions {
  /** How messages are found that nobody reports on any more; `false`: they are left alone. Default: as below. */
  readonly reconcile?: Partial<ReconcileOptions> | false;
  /** Whether what failed on its way is sent again. Default `false`. */
  readonly resend?: Partial<ResendOptions> | boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** When a text that failed on its way is sent again, unless somebody says otherwise. */
const WAITS = [10 * MINUTE, 2 * HOUR];

const milliseconds = z.number().int().positive();

const optionsSchema = z.strictObject({
  reconcile: z
    .union([
      z.literal(false),
      z.strictObject({
        every: milliseconds.default(HOUR),
        silentFor: milliseconds.default(72 * HOUR),
        pendingFor: milliseconds.default(11 * HOUR),
        askAgainAfter: milliseconds.default(24 * HOUR),
        giveUpAfter: milliseconds.default(14 * 24 * HOUR),
      }),
    ])
    .prefault({}),
  resend: z
    .union([
      z.boolean(),
      z.strictObject({
        waits: z.array(milliseconds).min(1).default(WAITS),
      }),
    ])
    .default(false),
});

/**
 * Looks after texts once they have left: asks the provider about those that nobody reports on, and sends again, if it is told to, those that
 * failed on their way for a reason that may pass.
 *
 * ```ts
 * plugins: [status({ resend: { waits: [600_000, 7_200_000] } })]
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function status(options: StatusOptions = {}): Plugin {
  const { reconcile, resend } = parseOptions(optionsSchema, options, 'status');
  let resender: { observe(message: MessageRecord): Promise<void> } | undefined;
  let stop = (): void => {};
  return {
    name: 'status',
    setup(context: PluginContext) {
      if (resend !== false) {
        const { waits } = resend === true ? { waits: WAITS } : resend;
        resender = createResender(context, { waits });
      }
      if (reconcile !== false) stop = createReconciler(context, reconcile).start();
    },
    observedStatuses: resend === false ? [] : ['failed'],
    observeMessage: (message) => resender?.observe(message),
    close: () => stop(),
  };
}
