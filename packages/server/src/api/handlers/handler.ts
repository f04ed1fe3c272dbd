import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteName, Routes } from '@parley/api';
import { type App, type Organization, ParleyError } from '@parley/core';
import type { Context } from 'koa';
import type * as z from 'zod';
import type { Caller } from '../access/callers.ts';
import type { Lens } from '../views/lens.ts';

/** What was asked, checked against the schemas of the route. */
export interface Asked<Name extends RouteName> {
  readonly params: Checked<Name, 'params', ParamsOf<Name>>;
  readonly query: Checked<Name, 'query', QueryOf<Name>>;
  readonly body: Checked<Name, 'body', BodyOf<Name>>;
  /** Who asks; of routes for everybody maybe nobody. */
  readonly caller: Routes[Name]['role'] extends 'public' ? Caller | undefined : Caller;
  /** How whoever asks is shown things. */
  readonly lens: Lens;
  readonly context: Context;
}

type Checked<Name extends RouteName, Part extends 'params' | 'query' | 'body', Fallback> = Routes[Name] extends {
  readonly [Key in Part]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : Fallback;

/** Does what a route says. One whose type is not JSON answers the request itself. */
export type Handler<Name extends RouteName> = (
  asked: Asked<Name>,
) => Promise<Routes[Name] extends { readonly type: string } ? void : ResponseOf<Name>>;

export type Handlers = { readonly [Name in RouteName]: Handler<Name> };

/** An object without the fields that are `undefined`, as exact optional types want it. */
export function definedOf<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}

/** @throws `error.platform.app.unknown` */
export function requireApp({ apps }: Pick<Organization, 'apps'>, id: string): App {
  const app = apps.find((one) => one.id === id);
  if (app !== undefined) return app;
  throw new ParleyError('error.platform.app.unknown', { app: id, known: apps.map((one) => one.id).join(', ') });
}

/**
 * Who sees no numbers shall not find out by asking for them.
 *
 * @throws `error.platform.access.forbidden`
 */
export function requireNumbers({ masking }: Lens): void {
  if (masking.hides) throw new ParleyError('error.platform.access.forbidden', { role: 'agent' });
}
