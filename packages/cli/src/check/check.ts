import { checkJourneys, type JourneyCheck, lintApps, type Organization } from '@parley/core';
import { createLog, createRuntime } from '@parley/server';
import type { Flags } from '../command-line.ts';
import { configuredOrganization } from '../config/configured.ts';
import type { Output } from '../output.ts';
import { withOpen } from '../storage/command.ts';
import { requireData, storageNamed } from '../storage/name.ts';
import { checkBots, describeWalks } from './bots.ts';
import { createReport } from './report.ts';
import { describeWarnings, sortWarnings } from './warnings.ts';

/** `parley check`: 0 when every running journey can go on under this code, 1 when one can not, or there are warnings and `--strict`. */
export async function check(flags: Flags, output: Output): Promise<number> {
  const organization = await configuredOrganization(flags);
  const bots = await checkBots(organization);
  const warnings = sortWarnings([...lintApps(organization), ...bots.warnings]);
  // Ahead of the storage, which may not be there.
  if (!flags.json) output.write(`${describeWarnings(warnings)}${describeWalks(bots.walks)}`);
  const report = flags.codeOnly ? undefined : createReport(await journeysOf(organization, flags.from));
  if (flags.json) output.write(`${JSON.stringify({ ...report?.json, warnings, walks: bots.walks })}\n`);
  else if (report !== undefined) output.write(report.text);
  const failed = (report?.failures ?? 0) > 0 || (flags.strict && warnings.length > 0);
  return failed ? 1 : 0;
}

async function journeysOf(organization: Organization, from = 'config'): Promise<readonly JourneyCheck[]> {
  const { storage } = await storageNamed(from, async () => organization.storage);
  const { clock } = createRuntime({ log: createLog({ level: 'silent' }) });
  requireData(storage);
  return withOpen(storage, async () => {
    const journeys: JourneyCheck[] = [];
    for await (const journey of checkJourneys(organization, storage.conversations, clock.now())) journeys.push(journey);
    return journeys;
  });
}
