// For operators and hosts: run it, or mount it.

export { type ParleyMiddlewareOptions, parleyMiddleware } from './middleware.ts';
export type { PhoneOptions } from './phone/phone.ts';
export { type CloseOptions, type RunningServer, type ServeOptions, serve } from './serve.ts';
export { parleyUpgrades, type UpgradeHandler, type UpgradeOptions } from './upgrades.ts';

// For the engine: the world it runs in, and the routes of its plugins.

export { createPluginRouters, type PluginRouters } from './plugin-routers.ts';
export { createRuntime } from './runtime.ts';

// For logs.

export { createLog, type LogOptions } from './log/create-log.ts';
export { maskNumbers } from './log/mask.ts';

// For the configuration: what `access` keeps in place of a password.

export { hashPassword, isPassword } from './api/access/password.ts';
