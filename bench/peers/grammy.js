// grammY on a webhook with a secret token, its sessions in memory. `sequentialize` stands before `session`, with the same key,
// as the documentation of both has it.
import { createServer } from 'node:http';
import { sequentialize } from '@grammyjs/runner';
import { Bot, session, webhookCallback } from 'grammy';
import { answerParent } from '../support/answer-parent.js';

const { telegramToken, telegramSecret, provider } = JSON.parse(process.env.BENCH ?? '{}');

const bot = new Bot(telegramToken, {
  client: { apiRoot: provider },
  botInfo: { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' },
});
const getSessionKey = (context) => context.chat?.id.toString();
bot.use(sequentialize(getSessionKey));
bot.use(session({ initial: () => ({ count: 0 }), getSessionKey }));
bot.on('message:text', async (context) => {
  context.session.count += 1;
  await context.reply(`${context.session.count}: ${context.message.text}`);
});
const server = createServer(webhookCallback(bot, 'http', { secretToken: telegramSecret }));
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
answerParent(() => process.exit(0));
