// For operators and hosts: run it, or mount it.
export { hashPassword, isPassword } from './api/access/password.ts';

// For logs.
export { createLog, type LogOptions } from './log/create-log.ts';
export { maskNumbers } from './log/mask.ts';
export { type ParleyMiddlewareOptions, parleyMiddleware } from './middleware.ts';
export type { PhoneOptions } from './phone/phone.ts';
// For the engine: the world it runs in, and the routes of its plugins.
export { createPluginRouters, type PluginRouters } from './plugin-routers.ts';
export { createRuntime } from './runtime.ts';
export { type CloseOptions, type RunningServer, type ServeOptions, serve } from './serve.ts';
