import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import Router from '@koa/router';
import { type Engine, ParleyError } from '@parley/core';
import { type createRuntime, parleyMiddleware } from '@parley/server';
import Koa from 'koa';
import mount from 'koa-mount';

/** Where Parley is within the shop. */
export const BOTS = '/bots';

export interface ShopOptions {
  readonly runtime: ReturnType<typeof createRuntime>;
  /** Aborted when the server is about to stop. */
  readonly signal: AbortSignal;
}

interface Order {
  readonly phone: string;
  readonly product: string;
}

/** The order in the body of a request; `undefined` if there is none in it. */
async function orderIn(request: IncomingMessage): Promise<Order | undefined> {
  const body: unknown = await json(request).catch(() => undefined);
  if (typeof body !== 'object' || body === null) return undefined;
  const { phone, product } = body as { readonly [Key in keyof Order]?: unknown };
  return typeof phone === 'string' && typeof product === 'string' ? { phone, product } : undefined;
}

/** A Koa app as there are many: routes of its own, and Parley beside them. */
export function createShop(engine: Engine, { runtime, signal }: ShopOptions): Koa {
  const stars: number[] = [];
  engine.subscribe((news) => {
    if (news.kind !== 'activity' || news.activity.name !== 'stars') return;
    const { stars: given } = news.activity.data as { readonly stars: number };
    stars.push(given);
  });

  const router = new Router();
  router.get('/', (context) => {
    const average = stars.length === 0 ? 'no' : (stars.reduce((sum, one) => sum + one, 0) / stars.length).toFixed(1);
    context.body = `Corner Shop, ${average} stars\n`;
  });
  router.post('/orders', async (context) => {
    const order = await orderIn(context.req);
    if (order === undefined) {
      context.status = 400;
      context.body = {
        code: 'order.malformed',
        message: 'An order is JSON such as {"phone":"+14155550123","product":"tea pot"}.',
      };
      return;
    }
    const { phone, product } = order;
    const { journey } = await engine.startJourney({ app: 'shop', to: phone, bot: 'feedback', data: { product } });
    context.status = 202;
    context.body = { journey };
  });

  const app = new Koa();
  // Ahead of everything that reads bodies: signatures are made over them as they came.
  app.use(mount(BOTS, parleyMiddleware(engine, { ...runtime, signal, phone: process.env.NODE_ENV !== 'production' })));
  app.use(async (context, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      context.status = error.status;
      context.body = { code: error.code, message: error.message };
    }
  });
  app.use(router.routes());
  return app;
}
