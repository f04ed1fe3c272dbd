const { accountSid, authToken, number, provider } = JSON.parse(process.env.BENCH ?? '{}');

module.exports = {
  // The template's 500 sessions would be fewer than there are people.
  session: { driver: 'memory', stores: { memory: { maxSize: 100_000 } } },
  initialState: { count: 0 },
  channels: {
    whatsapp: {
      enabled: true,
      path: '/webhooks/whatsapp',
      accountSid,
      authToken,
      phoneNumber: `whatsapp:${number}`,
      // As its own https://<account SID>:<token>@api.twilio.com.
      origin: provider?.replace('://', `://${accountSid}:${authToken}@`),
    },
  },
};
