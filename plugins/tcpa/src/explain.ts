import { parseArgs } from 'node:util';
import {
  type ActorProfile,
  type Address,
  address,
  type CommandContext,
  codeOf,
  isAddress,
  type MessageCategory,
  maskAddress,
  ParleyError,
  type PluginCommand,
  personOf,
} from '@parley/core';
import { DateTime } from 'luxon';
import { type Closure, calendarName, localTime } from './calendar.ts';
import { isZone } from './clocks.ts';
import { DATA_VERSION } from './data/index.ts';
import { coveredAs, type Decision, decide, outsideOf } from './decide.ts';
import type { Settings } from './options.ts';
import type { Evidence } from './place.ts';
import type { Reach, Reaches } from './reach.ts';
import type { Rulebook } from './rulebook.ts';
import { rulesInWords } from './rules-in-words.ts';
import { dayInWords, obstacleOf } from './wording.ts';

/** So many calendars are written out; a person of whom nothing is known is under some eighty. */
const MOST_CALENDARS = 6;

const CATEGORIES: readonly MessageCategory[] = ['informational', 'marketing', 'conversational', 'emergency'];

const OPTIONS = {
  at: { type: 'string' },
  category: { type: 'string' },
  app: { type: 'string' },
  name: { type: 'string' },
  'postal-code': { type: 'string' },
  region: { type: 'string' },
  'time-zone': { type: 'string' },
} as const;

interface Asked {
  readonly number: Address;
  readonly now: number;
  readonly category: MessageCategory;
  readonly name: string;
  readonly app: CommandContext['organization']['apps'][number];
  /** What is said of where the person is, in place of what is known. */
  readonly said: Pick<ActorProfile, 'postalCode' | 'region' | 'timeZone'>;
}

/** `parley tcpa explain`: says of a number whether it could be sent a text, by which rule, and where that comes from. */
export function createExplain(settings: Settings, rulebook: Rulebook, reaches: Reaches): PluginCommand {
  return {
    usage:
      '<number> [--at <time>] [--category <category>] [--app <id>] [--name <notification>] [--postal-code <code>] [--region <region>] [--time-zone <zone>]',
    summary: 'Says whether a text may be sent to a number now or at a time, which rule decides, and its source.',
    async run(args, context) {
      const asked = readArguments(args, context, reaches);
      const { actor, note } = await profileOf(asked, context);
      const { now, category, app, name } = asked;
      const origin = { kind: 'notification', name } as const;
      const decision = decide({ actor, app, category, origin, now }, reaches, settings);
      const reach = reaches.of(actor, now);
      const lines = [
        `A text of the category ${category} to ${maskAddress(asked.number)}, ${utc(now)}`,
        ...(decision.kind === 'no-phone' ? [] : placeInWords(reach, actor, note)),
        '',
        ...answerInWords(decision, asked, reach, settings),
        ...(decision.kind === 'elsewhere' || decision.kind === 'no-phone'
          ? []
          : ['', ...rulesInWords(rulesOf(decision, reach, rulebook, reaches, now))]),
        '',
        `Data of ${DATA_VERSION}. Defaults from public pages, not legal advice.`,
      ];
      context.output.write(`${lines.join('\n')}\n`);
      return mayLeave(decision, settings) ? 0 : 1;
    },
  };
}

function mayLeave(decision: Decision, { elsewhere }: Settings): boolean {
  if (decision.kind === 'elsewhere') return elsewhere === 'send';
  return decision.kind !== 'closed';
}

function placeInWords({ whereabouts, calendars }: Reach, actor: ActorProfile, note: string | undefined): string[] {
  const names = calendars.map(({ place, zone }) => calendarName(place, zone));
  const shown = names.slice(0, MOST_CALENDARS).join(', ');
  const more =
    names.length > MOST_CALENDARS ? ` and ${names.length - MOST_CALENDARS} more, of which all have to be open` : '';
  return [
    `Place      ${evidenceInWords(whereabouts.by, actor)}`,
    `Calendars  ${names.length === 0 ? 'none' : shown + more}`,
    ...(note === undefined ? [] : [`Note       ${note}`]),
  ];
}

function evidenceInWords(by: Evidence, { postalCode, region, timeZone, address: number }: ActorProfile): string {
  const zone = timeZone === undefined ? '' : ` and the time zone ${timeZone}`;
  switch (by) {
    case 'postal-code':
      return `by the postal code ${postalCode}${zone}`;
    case 'region':
      return `by the region ${region}${zone}`;
    case 'time-zone':
      return `by the time zone ${timeZone} and the number`;
    case 'area-code':
      return `by the area code ${personOf(number).slice(2, 5)}, which is no proof of residence`;
    case 'country-code':
      return `by the country of the number${zone}`;
    case 'nothing':
      return 'not known: any state but American Samoa, Guam and the Northern Marianas, the strictest decides';
  }
}

function answerInWords(decision: Decision, asked: Asked, reach: Reach, settings: Settings): string[] {
  switch (decision.kind) {
    case 'open':
      return ['Answer     may be sent, all calendars are open'];
    case 'exempt':
      return [
        `Answer     may be sent: ${decision.exemption.kind === 'emergency' ? 'an emergency' : 'a reply'} is exempt`,
        `Otherwise  ${obstacleOf(decision.closure).reason}`,
      ];
    case 'no-phone':
      return ['Answer     may be sent: it goes to a web page, where no rule of texting holds'];
    case 'elsewhere':
      return [
        `Answer     no rule is known for this country; such texts are ${settings.elsewhere === 'send' ? 'sent' : 'refused'}`,
      ];
    case 'closed':
      return [...closedInWords(decision.closure, asked, reach), `Then       ${outsideInWords(asked, settings)}`];
  }
}

function closedInWords(closure: Closure, { now, category }: Asked, reach: Reach): string[] {
  const { code, reason, rule } = obstacleOf(closure);
  const next = reach.window(coveredAs(category)).next(now);
  const { zone } = closure.local;
  return [
    `Answer     may not be sent now, by ${rule}`,
    `Code       ${code}`,
    `Reason     ${reason.replace(/ \[[^\]]*\]$/, '')}`,
    `There      ${dayInWords(closure.local)}, ${zone}`,
    `Next       ${next === undefined ? 'never' : `${utc(next)}, ${local(next, zone)} there`}`,
  ];
}

function outsideInWords({ app, name }: Asked, settings: Settings): string {
  const outside = outsideOf({ app, origin: { kind: 'notification', name } }, settings);
  if (typeof outside === 'object') return `it is sent anyway: ${outside.send}`;
  if (outside === 'skip') return 'it is refused';
  return 'it waits for the next time that is allowed';
}

/** The rules of the calendar that is closed, or of all that are open. */
function rulesOf(decision: Decision, { calendars }: Reach, rulebook: Rulebook, { clocks }: Reaches, now: number) {
  if (decision.kind === 'closed' || decision.kind === 'exempt') return [decision.closure.inForce];
  const places = new Map(calendars.map(({ place, zone }) => [place, localTime(now, zone, clocks).date]));
  const rules = [...places].slice(0, MOST_CALENDARS).flatMap(([place, date]) => rulebook.rulesOn(place, date));
  return [...new Set(rules)];
}

/** @throws `error.platform.command-line.malformed` */
function readArguments(args: readonly string[], { organization, clock }: CommandContext, reaches: Reaches): Asked {
  const { values, positionals } = parse(args);
  const [number = ''] = positionals;
  if (positionals.length !== 1 || !isAddress(number))
    malformed('Name one number in E.164: a plus sign, the country code, the rest.');
  const category = (values.category ?? 'informational') as MessageCategory;
  if (!CATEGORIES.includes(category)) malformed(`There is no such category. Categories are ${CATEGORIES.join(', ')}.`);
  const app = organization.apps.find(({ id }) => values.app === undefined || id === values.app);
  if (app === undefined) {
    return malformed(`There is no such app. The organization has ${organization.apps.map(({ id }) => id).join(', ')}.`);
  }
  const { 'postal-code': postalCode, region, 'time-zone': timeZone } = values;
  if (timeZone !== undefined && !isZone(timeZone))
    malformed('There is no such time zone. Time zones are written like America/New_York.');
  if (region !== undefined && !reaches.knowsRegion(region))
    malformed('There is no such region. Regions are states of the USA and provinces of Canada: FL, US-FL or Florida.');
  return {
    number: address(number),
    now: values.at === undefined ? clock.now() : timeOf(values.at),
    category,
    name: values.name ?? '',
    app,
    said: {
      ...(postalCode === undefined ? {} : { postalCode }),
      ...(region === undefined ? {} : { region }),
      ...(timeZone === undefined ? {} : { timeZone }),
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: true });
  } catch (cause) {
    return malformed(`${(cause as Error).message.replace(/\.?$/, '.')}`);
  }
}

/** An ISO date-time, in UTC unless it says otherwise. */
function timeOf(text: string): number {
  const time = DateTime.fromISO(text, { zone: 'utc' });
  return time.isValid
    ? time.toMillis()
    : malformed('A time is written like 2026-11-26T18:00Z or 2026-11-26T18:00-05:00; without an offset it is UTC.');
}

/** @throws `error.platform.command-line.malformed` */
function malformed(problem: string): never {
  throw new ParleyError('error.platform.command-line.malformed', { problem, help: 'parley tcpa --help' });
}

/** What is known of a person, unless it is said in the question. A server that has the data to itself keeps it to itself. */
async function profileOf(
  { number, said }: Asked,
  context: CommandContext,
): Promise<{ readonly actor: ActorProfile; readonly note?: string }> {
  const { organization } = context;
  const person = personOf(number);
  const configured = organization.actors.find((actor) => personOf(actor.address) === person);
  const fromConfiguration: ActorProfile = { ...configured, address: number };
  if (Object.keys(said).length > 0) return { actor: { ...fromConfiguration, ...said } };
  try {
    await context.data();
    // Where the engine keeps profiles.
    const stored = await organization.storage.keyv('actors').get<ActorProfile>(person);
    return { actor: stored ?? fromConfiguration };
  } catch (error) {
    const note = `the profile could not be read (${codeOf(error)}); say what it has with --region and so on`;
    return { actor: fromConfiguration, note };
  }
}

function utc(instant: number): string {
  return DateTime.fromMillis(instant, { zone: 'utc' }).toFormat("yyyy-MM-dd HH:mm 'UTC'");
}

function local(instant: number, zone: string): string {
  return DateTime.fromMillis(instant, { zone }).toFormat('ccc yyyy-MM-dd HH:mm');
}
