import type { Address } from './address.ts';
import type { MessageCategory, MessageId } from './message.ts';

/**
 * Where plugins write down what people have agreed to and what they have taken back. `consent()` of @parley/plugin-consent is one;
 * a plugin that learns of such things (an opt-out, say) takes it as an option.
 */
export interface ConsentLedger {
  /** Appends an entry. Resolves once it is durable; the same `id` twice is one entry. */
  record(entry: ConsentEntry): Promise<void>;
}

/** One thing that a person has agreed to, or has taken back. */
export interface ConsentEntry {
  /** Unique: an entry that is recorded twice is one. */
  readonly id: string;
  readonly kind: 'given' | 'revoked';
  readonly person: Address;
  /** The app that it is about. Default: every app of the organization. */
  readonly app?: string;
  /** Default: every category but `emergency`. */
  readonly categories?: readonly MessageCategory[];
  /** When it happened, milliseconds since the epoch. */
  readonly at: number;
  /** How: they texted, filled in a web form, signed on paper, said so; an operator or a provider told us; it was imported. */
  readonly how: 'text' | 'web' | 'paper' | 'voice' | 'operator' | 'provider' | 'import';
  /** The evidence: the words that they said or agreed to, where it is, which message it was. */
  readonly evidence?: {
    readonly words?: string;
    /** A URL, a file, a form's name and version. */
    readonly source?: string;
    readonly message?: MessageId;
    /** Anything else; plain JSON. */
    readonly data?: unknown;
  };
}
