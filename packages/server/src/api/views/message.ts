import type { Message, MessageDetail, Verdict } from '@parley/api';
import type { Explanation, MessageRecord, PolicyVerdict } from '@parley/core';
import { SegmentedMessage } from 'sms-segments-calculator';
import type { Lens } from './lens.ts';
import type { Masking } from './masking.ts';

/** A message as the API shows it in a list. */
export function messageView(record: MessageRecord, { ids, masking, appOf }: Lens): Message {
  const { id, app, direction, ours, theirs, text, media, origin, category, at, status } = record;
  const { providerStatus, providerId, error } = record;
  const confidential = appOf(app)?.confidential ?? false;
  const deferred = status === 'pending' ? deferralOf(record) : undefined;
  return {
    ...{ id, conversation: ids.idOf(record.conversation), app, direction, ours, theirs: masking.address(theirs) },
    ...(confidential ? { text: '', redacted: true, media: [] } : { text: masking.prose(text), media: [...media] }),
    ...{ origin, category, at, status },
    ...(providerStatus === undefined ? {} : { providerStatus }),
    ...(providerId === undefined ? {} : { providerId }),
    ...(error === undefined ? {} : { error: { ...error, reason: masking.prose(error.reason) } }),
    ...(deferred === undefined ? {} : { deferred: verdictView(deferred, masking) }),
  };
}

/** A message with all that is known of it. */
export function messageDetailView(
  record: MessageRecord,
  lens: Lens,
  { explain, state }: { readonly explain: (code: string) => Explanation | undefined; readonly state?: unknown },
): MessageDetail {
  const { prose } = lens.masking;
  const explained = (code: string | undefined) => {
    const found = code === undefined ? undefined : explain(code);
    return found === undefined ? {} : { explanation: { meaning: found.meaning, advice: found.advice } };
  };
  const shown = messageView(record, lens);
  return {
    ...shown,
    ...(record.sentText === undefined || shown.redacted ? {} : { sentText: prose(record.sentText) }),
    history: record.history.map(({ carrierDate: _, reason, verdicts, raw, ...step }) => ({
      ...step,
      ...(reason === undefined ? {} : { reason: prose(reason) }),
      ...(verdicts === undefined ? {} : { verdicts: verdicts.map((verdict) => verdictView(verdict, lens.masking)) }),
      ...(raw === undefined ? {} : { raw: mapValues(raw, prose) }),
      ...explained(step.code),
    })),
    segments: segmentsOf(record.sentText ?? record.text),
    ...explained(record.error?.code),
    ...(state === undefined ? {} : { state }),
  };
}

function mapValues(values: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}

function segmentsOf(text: string): MessageDetail['segments'] {
  if (text === '') return { encoding: 'GSM-7', count: 0 };
  const measured = new SegmentedMessage(text, 'auto');
  const { encodingName, segmentsCount: count } = measured;
  return { encoding: encodingName === 'GSM-7' ? 'GSM-7' : 'UCS-2', count };
}

/** The deferral that a message waits for: the latest of those that policies gave when they were last asked. */
export function deferralOf({ history }: Pick<MessageRecord, 'history'>): PolicyVerdict | undefined {
  const latest = history.at(-1)?.verdicts?.filter(({ kind }) => kind === 'defer') ?? [];
  return latest.reduce<PolicyVerdict | undefined>(
    (one, other) => (one === undefined || (other.until ?? 0) > (one.until ?? 0) ? other : one),
    undefined,
  );
}

function verdictView({ reason, ...verdict }: PolicyVerdict, { prose }: Masking): Verdict {
  return { ...verdict, ...(reason === undefined ? {} : { reason: prose(reason) }) };
}
