// Botkit with its Twilio SMS adapter, as the adapter's README has it; the count is a property of Botkit's conversation state,
// which is loaded and saved with every turn anyway.
import { TwilioAdapter } from 'botbuilder-adapter-twilio-sms';
import { Botkit } from 'botkit';
import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import { answerParent } from '../support/answer-parent.js';

const { accountSid, authToken, number, publicUrl, provider } = JSON.parse(process.env.BENCH ?? '{}');

/** The SDK's own client; only the host is another. */
class ProviderClient extends RequestClient {
  request(options) {
    return super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', provider) });
  }
}

const adapter = new TwilioAdapter({
  twilio_number: number,
  account_sid: accountSid,
  auth_token: authToken,
  validation_url: `${publicUrl}/api/messages`,
});
adapter.api = twilio(accountSid, authToken, { httpClient: new ProviderClient() });

process.env.PORT = '0';
const controller = new Botkit({ adapter, disable_console: true });
const counts = controller.conversationState.createProperty('count');
controller.on('message', async (bot, message) => {
  const count = (await counts.get(message.context, 0)) + 1;
  await counts.set(message.context, count);
  await bot.reply(message, `${count}: ${message.text}`);
});
controller.ready(() => process.send({ url: `http://127.0.0.1:${controller.http.address().port}` }));
answerParent(() => process.exit(0));
