// The provider of all contestants: the calls of Twilio and of Telegram that send a message, each answered after `delay`
// milliseconds. Keeps what was sent, and says so at /replies.
import { createServer } from 'node:http';
import { answerParent } from '../support/answer-parent.js';

const { delay = 0 } = JSON.parse(process.env.BENCH ?? '{}');

/** Who was sent what, in the order in which it was accepted. */
let replies = [];
let acceptedAt = 0;
/** Who waits for so many replies. */
let waiting = [];

const routes = {
  'POST /2010-04-01': (body) => {
    const form = new URLSearchParams(body);
    const message = { to: form.get('To'), from: form.get('From'), body: form.get('Body') };
    return { reply: { to: message.to, text: message.body }, status: 201, answer: twilioMessage(message) };
  },
  'POST /bot': (body) => {
    const { chat_id: id, text } = JSON.parse(body);
    const chat = { id, type: 'private', first_name: 'Ann' };
    const result = { message_id: replies.length + 1, date: Math.floor(Date.now() / 1000), chat, text };
    return { reply: { to: String(id), text }, status: 200, answer: { ok: true, result } };
  },
};

function twilioMessage({ to, from, body }) {
  const sid = `SM${String(replies.length).padStart(32, '0')}`;
  return {
    ...{ sid, to, from, body, status: 'queued', direction: 'outbound-api', api_version: '2010-04-01' },
    ...{ num_segments: '1', num_media: '0', price: null, price_unit: 'USD', error_code: null, error_message: null },
    ...{ date_created: new Date().toUTCString(), date_updated: null, date_sent: null, messaging_service_sid: null },
    ...{
      account_sid: `AC${'0'.repeat(31)}1`,
      uri: `/2010-04-01/Accounts/AC/Messages/${sid}.json`,
      subresource_uris: {},
    },
  };
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const url = `${request.method} ${request.url}`;
    if (url.startsWith('GET /replies')) return report(new URL(request.url, 'http://provider').searchParams, response);
    const route = Object.keys(routes).find((start) => url.startsWith(start));
    if (route === undefined) return response.writeHead(404).end();
    const { reply, status, answer } = routes[route](Buffer.concat(chunks).toString());
    const accept = () => {
      respond(response, status, answer);
      replies.push(reply);
      acceptedAt = performance.timeOrigin + performance.now();
      waiting = waiting.filter((check) => !check());
    };
    if (delay === 0) accept();
    else setTimeout(accept, delay);
  });
});

/** Answers as soon as there are `count` replies, or when none has come for `patience` milliseconds; begins anew. */
function report(query, response) {
  const count = Number(query.get('count') ?? Number.POSITIVE_INFINITY);
  const patience = Number(query.get('patience') ?? 10_000);
  const asked = performance.timeOrigin + performance.now();
  const check = () => {
    const quiet = performance.timeOrigin + performance.now() - Math.max(asked, acceptedAt);
    if (replies.length < count && quiet < patience) return false;
    clearInterval(timer);
    respond(response, 200, { replies, acceptedAt });
    replies = [];
    return true;
  };
  const timer = setInterval(() => {
    if (check()) waiting = waiting.filter((other) => other !== check);
  }, 50);
  if (!check()) waiting.push(check);
}

function respond(response, status, answer) {
  const body = JSON.stringify(answer);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

// Clients that keep connections shall never meet one that is just being closed.
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', 4_096, () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
answerParent(() => process.exit(0));
