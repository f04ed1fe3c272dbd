// Starts an engine on what is there, in a process of its own, and says how long that took and how much memory.
import { createEngine, silentLog } from '@parley/core';
import { createRuntime } from '@parley/server';
import { storageFor } from './storages.js';
import { organizationOn } from './timers.js';

const { create } = await storageFor(JSON.parse(process.env.BENCH ?? '{}'));
globalThis.gc?.();
const before = process.memoryUsage().rss;
const began = performance.now();
const engine = createEngine(organizationOn(create()), createRuntime({ log: silentLog }));
await engine.start({ localUrl: 'http://127.0.0.1:1', emulate: 'never' });
const ms = performance.now() - began;
// What begins only after the start counts too.
await new Promise((resolve) => setTimeout(resolve, 3_000));
const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 1024 / 1024;
process.send({ ms, megabytes, processMegabytes: process.resourceUsage().maxRSS / 1024 });
await engine.stop({ grace: 1_000 });
process.exit(0);
