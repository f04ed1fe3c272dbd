import { timingSafeEqual } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { type ActivityRecord, address, type Plugin, type PluginContext, partiesOf } from '@parley/core';
import * as z from 'zod';
import { dayAndTime } from '../when.ts';

const HOUR = 3_600_000;

/** How long before an appointment people are reminded of it. */
const AHEAD = 24 * HOUR;

/** How long to wait before trying again, when a reminder could not even be stored. */
const RETRY = 60_000;

/** What the bot tracks as `booked`. */
const bookedSchema = z.object({ at: z.number() });

/** A reminder that is still to be sent. */
interface Reminder {
  readonly to: string;
  /** When the appointment is. */
  readonly at: number;
}

const requestSchema = z.strictObject({
  to: z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number in E.164, such as +14155550142'),
  text: z.string().min(1).max(1600),
});

export interface ClinicRemindersOptions {
  /** The app that reminders are sent from. */
  readonly app: string;
  /** Whoever knows it may send through `POST /plugins/clinic-reminders/send`; without one the route is not there. */
  readonly apiKey: string | undefined;
}

/**
 * Reminds people of their appointments. It hears of them by what the bot tracks, keeps them in the organization's
 * storage, and sends each a day ahead, also after a restart.
 */
export function clinicReminders({ app, apiKey }: ClinicRemindersOptions): Plugin {
  let parley: PluginContext;
  const waiting = new Map<string, () => void>();

  /** Sends the reminder when it is time: in this run of the process, or in a later one. */
  function schedule(id: string, reminder: Reminder): void {
    wait(id, reminder, Math.max(0, reminder.at - AHEAD - parley.clock.now()));
  }

  function wait(id: string, reminder: Reminder, delay: number): void {
    waiting.get(id)?.();
    const send = () =>
      remind(id, reminder).catch(() => {
        parley.log.warn({}, 'A reminder could not be sent; trying again');
        wait(id, reminder, RETRY);
      });
    waiting.set(id, parley.clock.setTimeout(send, delay));
  }

  async function remind(id: string, { to, at }: Reminder): Promise<void> {
    const { clock, notify, keyv } = parley;
    if (at > clock.now()) {
      await notify({ app, to, name: 'reminder', text: `Riverside Clinic: we see you ${dayAndTime(at)}.` });
    }
    await keyv.delete(id);
    waiting.delete(id);
  }

  return {
    name: 'clinic-reminders',

    async setup(context) {
      parley = context;
      for await (const [id, reminder] of context.keyv.iterator?.({}) ?? []) schedule(id, reminder);
      if (apiKey !== undefined) addRoute(context, app, apiKey);
    },

    async observeActivity(activity: ActivityRecord) {
      if (activity.kind !== 'track' || activity.name !== 'booked') return;
      const { at } = bookedSchema.parse(activity.data);
      const to = partiesOf(activity.conversation).theirs;
      if (at - parley.clock.now() > AHEAD) {
        // One person has one appointment: a new one takes the place of the old one's reminder.
        await parley.keyv.set(to, { to, at } satisfies Reminder);
        schedule(to, { to, at });
      }
      await parley.notify({
        app,
        to,
        name: 'booked',
        text: `Riverside Clinic: your appointment ${dayAndTime(at)} is booked. Reminders come from this number.`,
      });
    },

    close() {
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

/** For the clinic's own systems: sends a text from the reminders' number. */
function addRoute({ router, notify }: PluginContext, app: string, apiKey: string): void {
  router.post('/send', async (context) => {
    if (!isSame(context.get('authorization'), `Bearer ${apiKey}`)) {
      context.status = 401;
      context.body = { problems: ['authorization: not the API key'] };
      return;
    }
    const request = requestSchema.safeParse(await json(context.req).catch(() => undefined));
    if (!request.success) {
      context.status = 400;
      context.body = { problems: request.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
      return;
    }
    const { to, text } = request.data;
    context.body = await notify({ app, to: address(to), name: 'by-hand', text });
    context.status = 202;
  });
}

/** Compares in a time that does not tell how much of it was right. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
