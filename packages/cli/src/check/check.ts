import { checkJourneys, type JourneyCheck } from '@parley/core';
import { createLog, createRuntime } from '@parley/server';
import type { Flags } from '../command-line.ts';
import { loadEnvironment } from '../config/environment.ts';
import { findConfig } from '../config/find.ts';
import { loadOrganization } from '../config/load.ts';
import { requireData } from '../storage/name.ts';
import { createReport } from './report.ts';

/** `parley check`: 0 when every running journey can go on under this code, 1 when one can not. */
export async function check(flags: Flags): Promise<number> {
  const config = findConfig(process.cwd(), flags.config);
  loadEnvironment(config, process.env);
  const organization = await loadOrganization(config);
  const { storage } = organization;
  const { clock, log } = createRuntime({ log: createLog({ level: 'silent' }) });
  requireData(storage);
  await storage.open({ clock, log });
  try {
    const journeys: JourneyCheck[] = [];
    for await (const journey of checkJourneys(organization, storage.conversations, clock.now())) journeys.push(journey);
    const report = createReport(journeys);
    process.stdout.write(flags.json ? `${JSON.stringify(report.json)}\n` : report.text);
    return report.failures > 0 ? 1 : 0;
  } finally {
    await storage.close();
  }
}
