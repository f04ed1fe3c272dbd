/** What the server says; see `src/phone/organization.ts` and `src/phone/message.ts` on its side. */
export interface OrganizationView {
  readonly name: string;
  readonly apps: readonly AppView[];
  readonly people: readonly PersonView[];
}

export interface AppView {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly mode: 'preview' | 'published';
  readonly transport: string;
  readonly emulated: boolean;
  readonly keywords: readonly string[];
}

export interface PersonView {
  readonly phone: string;
  readonly name: string;
}

export interface PhoneMessage {
  readonly id: string;
  readonly app: string;
  readonly phone: string;
  readonly direction: 'inbound' | 'outbound';
  readonly text: string;
  readonly media: readonly Picture[];
  readonly at: number;
  readonly status: string;
  readonly code?: string;
  readonly reason?: string;
}

export interface Picture {
  readonly url: string;
  readonly contentType?: string;
}

/** One phone on the stage: whose it is and whom it is texting. */
export interface Slot {
  readonly id: string;
  readonly number: string;
  readonly app: string;
}

/** Whether the server's news reach the page. */
export type Connection = 'connecting' | 'live' | 'lost';
