// The least that a webhook server can do: a bare Koa app, the same body parser, and the SDK's own signature check.
import Koa from 'koa';
import sdk from 'twilio';
import { readBody } from '../../packages/server/dist/body.js';
import { parseForm } from '../../plugins/twilio/dist/form.js';
import { answerParent } from '../support/answer-parent.js';

const { authToken } = JSON.parse(process.env.BENCH ?? '{}');
const app = new Koa();
let url;
app.use(async (context) => {
  const { body } = await readBody(context.req, 64 * 1024);
  const { fields } = parseForm(body);
  const isValid = sdk.validateRequest(authToken, context.get('x-twilio-signature'), url + context.url, fields);
  context.status = isValid ? 200 : 403;
  context.type = 'text/xml';
  context.body = '<Response/>';
});
const server = app.listen(0, '127.0.0.1', () => {
  url = `http://127.0.0.1:${server.address().port}`;
  process.send({ url });
});
answerParent(() => process.exit(0));
