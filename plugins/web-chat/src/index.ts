export type { PageOptions, ShowName, WebChatOptions } from './options.ts';
export type { ClientFrame, CloseCodes, HistoryPage, ServerFrame, SharedMedia, ShownMessage } from './protocol.ts';
export { webChat } from './transport.ts';
