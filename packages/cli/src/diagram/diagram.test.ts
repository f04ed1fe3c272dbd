import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyText, defineApp, defineBot, defineOrganization, keyword, say, setupBot } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier } from '@parley/testing';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../command-line.ts';
import { drawTo } from './diagram.ts';

const machine = (text: string) =>
  setupBot({}).createMachine({
    initial: 'asking',
    states: { asking: { entry: say(text), on: { 'message.received': 'over' } }, over: { type: 'final' } },
  });

const order = defineBot({ id: 'order', version: '2', machine: machine('COFFEE or TEA?'), triggers: [anyText()] });
const old = defineBot({ id: 'order', version: '1', machine: machine('TEA?'), triggers: [anyText()] });
const survey = defineBot({ id: 'survey', machine: machine('How was it?'), triggers: [keyword('SURVEY')] });
const organization = defineOrganization({
  name: 'Café',
  apps: [
    defineApp({ id: 'cafe', number: '+14155550100', bots: [order, old, survey] }),
    defineApp({ id: 'bar', number: '+14155550101', bots: [survey] }),
  ],
  transports: { sms: new SimulatedCarrier() },
  storage: memoryStorage(),
});

async function draw(...args: readonly string[]): Promise<string> {
  const line = parseCommandLine(['diagram', ...args]);
  if (line.kind !== 'run') throw new Error(line.kind);
  let printed = '';
  await drawTo(organization, line.flags, (text) => {
    printed += text;
  });
  return printed;
}

describe('parley diagram', () => {
  it('draws a bot in its current version as Mermaid', async () => {
    const expected = '---\ntitle: "cafe/order, version 2"\n---\nstateDiagram-v2\n  [*] --> asking\n';
    expect(await draw('order')).toMatch(new RegExp(`^${expected.replaceAll(/[[\]*]/g, '\\$&')}`));
    expect(await draw('--bot', 'order', '--texts')).toContain('“COFFEE or TEA?”');
  });

  it('draws all bots for a page of Markdown', async () => {
    const titles = [...(await draw()).matchAll(/^```mermaid\n---\ntitle: "(.*)"$/gm)].map(([, title]) => title);
    expect(titles).toEqual(['cafe/order, version 2', 'cafe/survey, version 1', 'bar/survey, version 1']);
    expect((await draw('--app', 'bar')).startsWith('---')).toBe(true);
  });

  it('writes an SVG where a file is to be one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-diagram-'));
    try {
      const file = join(folder, 'order.svg');
      expect(await draw('order', '--out', file)).toBe('');
      expect(readFileSync(file, 'utf8')).toMatch(/^<svg .*<title id="title">cafe\/order, version 2<\/title>/s);
      await draw('order', '--out', file, '--format', 'mermaid');
      expect(readFileSync(file, 'utf8')).toContain('stateDiagram-v2');
      await expect(draw('order', '--out', join(folder, 'none', 'order.svg'))).rejects.toMatchObject({
        code: 'error.platform.command-line.malformed',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [['ordr'], 'There is no bot “ordr”. Did you mean order? There are order, survey.'],
    [['--app', 'coffee'], 'There is no app “coffee”.'],
    [['order', '--format', 'png'], 'The format is mermaid or svg, not png.'],
    [['--format', 'svg'], 'An SVG is of one bot, and there are several: cafe/order, cafe/survey, bar/survey.'],
  ])('refuses %j', async (args, problem) => {
    const failure = await draw(...args).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'error.platform.command-line.malformed' });
    expect(String(failure)).toContain(problem);
  });

  it('takes one word', () => {
    expect(() => parseCommandLine(['diagram', 'order', 'survey'])).toThrow('takes one bot at most');
    expect(() => parseCommandLine(['check', 'order'])).toThrow('takes options only');
  });
});
