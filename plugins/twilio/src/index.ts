// For bot developers: the transport.
export type { TwilioOptions } from './options.ts';
// For operators and plugin authors: what Twilio's codes mean.
export { type ProviderError, providerError, providerErrors, type Retry } from './provider-errors.ts';
export { type TwilioStatus, twilioStatuses } from './statuses.ts';
export { twilio } from './transport.ts';
