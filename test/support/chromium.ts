import { accessSync, constants } from 'node:fs';

const KNOWN_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** What playwright is to start Chromium with, so that it does nothing but what a test tells it. */
export const chromiumArguments: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium of this computer, or why there is none. */
export type FoundChromium =
  | { readonly path: string; readonly reason?: undefined }
  | { readonly path?: undefined; readonly reason: string };

/** Looks for Chromium: what `CHROMIUM_PATH` names, else where it usually is. */
export function findChromium(environment: Readonly<Record<string, string | undefined>> = process.env): FoundChromium {
  const named = environment.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    return isExecutable(named) ? { path: named } : { reason: `CHROMIUM_PATH names ${named}, which can not be run` };
  }
  const path = KNOWN_PLACES.find(isExecutable);
  return path === undefined ? { reason: 'no Chromium was found; set CHROMIUM_PATH to run it' } : { path };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
