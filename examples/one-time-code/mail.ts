/** An e-mail on its way. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands an e-mail to whoever delivers it. */
export type Mailer = (
  mail: Mail,
  options: { readonly idempotencyKey: string; readonly signal: AbortSignal },
) => Promise<void>;

/**
 * Posts e-mails to a provider's HTTP API, as JSON; without a URL it writes them to the terminal, for development.
 *
 * @param url such as that of a mail provider, with what it needs to know you by in `authorization`
 */
export function createMailer(url: string | undefined, authorization = ''): Mailer {
  if (url === undefined) {
    return async ({ to, subject, text }) => {
      process.stdout.write(`\nMail to ${to}: ${subject}\n${text}\n\n`);
    };
  }
  return async (mail, { idempotencyKey, signal }) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(mail),
      signal,
    });
    if (!response.ok) throw Object.assign(new Error('The mail was refused.'), { code: `mail.${response.status}` });
  };
}
