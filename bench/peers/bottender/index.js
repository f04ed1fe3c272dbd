module.exports = async function App(context) {
  const count = context.state.count + 1;
  context.setState({ count });
  await context.sendText(`${count}: ${context.event.text}`);
};
