// Somebody's site, which is not where the chat is: http://127.0.0.1:8080.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

createServer(async (_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(await readFile(new URL('index.html', import.meta.url)));
}).listen(8080, '127.0.0.1');
