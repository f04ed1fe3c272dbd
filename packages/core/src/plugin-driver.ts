import type { Address } from './address.ts';
import type { Engine } from './engine-contract.ts';
import { codeOf, ParleyError } from './errors.ts';
import type { MessageRecord, MessageStatus, PolicyVerdict } from './message.ts';
import type { Organization } from './organization.ts';
import type {
  ActorFacts,
  Claim,
  HookKind,
  HookOf,
  Hooks,
  InboundView,
  OutboundView,
  PlannedView,
  Plugin,
  PluginContext,
  Verdict,
} from './plugin.ts';
import { pluginData } from './plugin-data.ts';
import type { Log, Runtime } from './runtime.ts';
import type { OutgoingMessage, SendOptions, SendReceipt } from './transport.ts';

/** What plugins may ask of the engine. */
type PluginEngine = Pick<
  Engine,
  'notify' | 'refreshMessage' | 'resendMessage' | 'explain' | 'silence' | 'updateActor'
> & { readonly actor: PluginContext['actor'] };

/** What an interceptor has claimed, and which plugin it is. */
export interface PluginClaim extends Claim {
  readonly plugin: string;
}

/** What all policies together say about a message. */
export interface Checked {
  /** What is to be done; `undefined` lets the message go. */
  readonly verdict: Exclude<Verdict, { kind: 'allow' }> | undefined;
  /** What each had to say, for the record. */
  readonly verdicts: readonly PolicyVerdict[];
}

/** Runs the hooks of an organization's plugins, each in the way of its kind. */
export interface PluginDriver {
  /** Sets all plugins up, in order; when one fails, those before it are closed again. */
  setup(organization: Organization, runtime: Runtime & PluginRuntime, engine: PluginEngine): Promise<void>;
  intercept(view: InboundView): Promise<PluginClaim | undefined>;
  rewrite(text: string, view: OutboundView): Promise<string>;
  /** When plugins want a message to leave that is scheduled for a moment. */
  plan(at: number, view: PlannedView): Promise<number>;
  /** Asks the policies. Throws what a policy throws, with its plugin's name. */
  check(view: OutboundView): Promise<Checked>;
  aroundSend(message: OutgoingMessage, options: SendOptions, send: () => Promise<SendReceipt>): Promise<SendReceipt>;
  /** What plugins know of a person; one that fails is logged and left out. */
  describeActor(person: Address): Promise<readonly (ActorFacts & { readonly plugin: string })[]>;
  /** Has every plugin forget a person; rejects with the first that can not. */
  eraseActor(person: string): Promise<void>;
  observe<Name extends HookOf<'observe'>>(hook: Name, ...args: HookArguments<Name>): Promise<void>;
  /** Whether any plugin is to be told of messages with this status. */
  observes(status: MessageStatus): boolean;
  /** Whether any plugin has this hook. */
  has(hook: keyof Hooks): boolean;
  /** Closes all plugins, last in first out; a failure is logged and stops nobody. */
  close(): Promise<void>;
}

/** What a server adds to the runtime for plugins. */
export interface PluginRuntime {
  /** Makes the router that is served under `/plugins/<name>`. */
  readonly createRouter: (plugin: string) => PluginContext['router'];
}

type HookArguments<Name extends keyof Hooks> = Parameters<Hooks[Name]>;

/**
 * Makes the driver.
 *
 * @throws `error.platform.plugin.duplicate`, `error.platform.plugin.missing-dependency`
 */
export function createPluginDriver(plugins: readonly Plugin[], log: Log): PluginDriver {
  requireNamesAndOrder(plugins);
  // Opt-out is a phase of its own: first to hear a text, last to check before a send.
  const optOut = plugins.filter((plugin) => plugin.enforce === 'opt-out');
  const others = plugins.filter((plugin) => plugin.enforce !== 'opt-out');
  const limits = others.filter((plugin) => plugin.enforce === 'limit');
  const inbound = [...optOut, ...others];
  const outbound = [...others.filter((plugin) => plugin.enforce !== 'limit'), ...limits, ...optOut];
  const ready: Plugin[] = [];

  function withHook<Kind extends HookKind, Name extends HookOf<Kind>>(
    _kind: Kind,
    hook: Name,
    order: readonly Plugin[],
  ) {
    return order.filter((plugin): plugin is Plugin & Pick<Hooks, Name> => plugin[hook] !== undefined);
  }

  const policies = withHook('gate', 'checkOutbound', outbound);

  async function close(): Promise<void> {
    for (const plugin of ready.splice(0).reverse()) {
      try {
        await plugin.close?.();
      } catch (error) {
        log.error({ plugin: plugin.name, code: codeOf(error) }, 'a plugin failed to close');
      }
    }
  }

  return {
    async setup(organization, runtime, engine) {
      const { storage } = organization;
      for (const plugin of plugins) {
        const { name } = plugin;
        try {
          await plugin.setup?.({
            organization,
            ...pluginData(storage, name),
            clock: runtime.clock,
            log: runtime.log,
            newId: runtime.newId,
            ...engine,
            messages: storage.messages,
            router: runtime.createRouter(name),
          });
        } catch (cause) {
          await close();
          throw new ParleyError('error.platform.plugin.setup-failed', { plugin: name }, { cause });
        }
        ready.push(plugin);
      }
    },

    async intercept(view) {
      for (const plugin of withHook('first', 'interceptInbound', inbound)) {
        const claim = await plugin.interceptInbound(view);
        if (claim !== undefined) return { ...claim, plugin: plugin.name };
      }
      return undefined;
    },

    async rewrite(text, view) {
      let rewritten = text;
      for (const plugin of withHook('sequential', 'rewriteOutbound', others)) {
        rewritten = await plugin.rewriteOutbound(rewritten, { ...view, message: { ...view.message, text: rewritten } });
      }
      return rewritten;
    },

    async plan(at, view) {
      let planned = at;
      for (const plugin of withHook('sequential', 'planOutbound', others)) {
        planned = await plugin.planOutbound(planned, view);
      }
      return planned;
    },

    async check(view) {
      let latest: Deferral | undefined;
      const verdicts: PolicyVerdict[] = [];
      for (const plugin of policies) {
        // What is held back takes no claim and is not counted.
        if (latest !== undefined && plugin.enforce === 'limit') continue;
        const verdict = await checkBy(plugin, view);
        if (verdict === undefined) continue;
        verdicts.push({ policy: plugin.name, ...verdict });
        if (verdict.kind === 'deny') return { verdict, verdicts };
        if (verdict.kind === 'defer') latest = laterOf(latest, verdict);
      }
      return { verdict: latest, verdicts };
    },

    aroundSend(message, options, send) {
      const layers = withHook('onion', 'aroundSend', outbound);
      let sent: Promise<SendReceipt> | undefined;
      // Whatever the layers do, one attempt is one attempt.
      const sendOnce = () => {
        sent ??= send();
        return sent;
      };
      const inner = layers.reduceRight<() => Promise<SendReceipt>>(
        (next, plugin) => () => plugin.aroundSend(message, options, next),
        sendOnce,
      );
      return inner();
    },

    async describeActor(person) {
      const known = await Promise.all(
        withHook('every', 'describeActor', plugins).map(async (plugin) => {
          try {
            const facts = await plugin.describeActor(person);
            return facts && { plugin: plugin.name, ...facts };
          } catch (error) {
            log.error({ plugin: plugin.name, hook: 'describeActor', code: codeOf(error) }, 'a plugin failed');
            return undefined;
          }
        }),
      );
      return known.filter((facts) => facts !== undefined);
    },

    async eraseActor(person) {
      for (const plugin of withHook('every', 'eraseActor', plugins)) await plugin.eraseActor(person);
    },

    observes: (status) => plugins.some((plugin) => plugin.observeMessage !== undefined && hearsOf(plugin, status)),

    async observe(hook, ...args) {
      const [subject] = args;
      await Promise.all(
        withHook('observe', hook, plugins).map(async (plugin) => {
          if (hook === 'observeMessage' && !hearsOf(plugin, (subject as MessageRecord).status)) return;
          try {
            await (plugin[hook] as (...args: unknown[]) => unknown).apply(plugin, args);
          } catch (error) {
            log.error({ plugin: plugin.name, hook, code: codeOf(error) }, 'an observer failed');
          }
        }),
      );
    },

    has: (hook) => plugins.some((plugin) => plugin[hook] !== undefined),
    close,
  };
}

type Deferral = Extract<Verdict, { kind: 'defer' }>;

function laterOf(one: Deferral | undefined, other: Deferral): Deferral {
  return one !== undefined && one.until >= other.until ? one : other;
}

function hearsOf({ observedStatuses }: Plugin, status: MessageStatus): boolean {
  return observedStatuses === undefined || observedStatuses.includes(status);
}

async function checkBy(
  plugin: Plugin & Pick<Hooks, 'checkOutbound'>,
  view: OutboundView,
): Promise<Verdict | undefined> {
  try {
    const verdict = await plugin.checkOutbound(view);
    // Compared with any moment, NaN would let the message go.
    if (verdict?.kind === 'defer' && !Number.isFinite(verdict.until))
      throw new RangeError(`A message can not be deferred until ${verdict.until}.`);
    return verdict;
  } catch (cause) {
    throw new ParleyError('error.platform.policy.failed', { plugin: plugin.name }, { cause });
  }
}

function requireNamesAndOrder(plugins: readonly Plugin[]): void {
  const before = new Set<string>();
  for (const { name, dependsOn = [] } of plugins) {
    if (before.has(name)) throw new ParleyError('error.platform.plugin.duplicate', { plugin: name });
    const missing = dependsOn.find((dependency) => !before.has(dependency));
    if (missing !== undefined)
      throw new ParleyError('error.platform.plugin.missing-dependency', { plugin: name, dependency: missing });
    before.add(name);
  }
}
