// Bottender on its documented custom server, which is what `bottender start` runs, behind a proxy that ends TLS.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import bodyParser from 'body-parser';
import express from 'express';
import { answerParent } from '../support/answer-parent.js';

// It looks for its configuration and the bot in the working directory.
process.chdir(join(import.meta.dirname, 'bottender'));
const { bottender } = createRequire(import.meta.url)('bottender');

const app = bottender({ dev: false });
const handle = app.getRequestHandler();
await app.prepare();

const server = express();
server.enable('trust proxy'); // else it checks signatures over http://
const verify = (request, _, body) => {
  request.rawBody = body.toString();
};
server.use(bodyParser.json({ verify }));
server.use(bodyParser.urlencoded({ extended: false, verify }));
server.all('*', (request, response) => handle(request, response));
const listening = server.listen(0, '127.0.0.1');
await once(listening, 'listening');
process.send({ url: `http://127.0.0.1:${listening.address().port}` });
answerParent(() => process.exit(0));
