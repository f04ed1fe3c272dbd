/** Tells the benchmark how much processor time this server has used, and ends it when asked. */
export function answerParent(close) {
  process.on('message', (question) => {
    if (question === 'close') close();
    else process.send({ cpu: process.cpuUsage() });
  });
}
