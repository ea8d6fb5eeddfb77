import { randomUUID } from 'node:crypto';
import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const STATUSES: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers what Node cannot even parse as HTTP: without this its bare 400 has neither request id nor problem body.
 * The text is Turkish, as no header that asks for another language could be read.
 */
export function answerBrokenRequests(server: Server): void {
  // Node would answer these two barely as well; `requestContext` refuses a missing Host.
  Object.assign(server, { requireHostHeader: false });
  // Node drops headers beyond a number without a word, a second Host among them; their bytes are bounded anyway.
  server.maxHeadersCount = 0;
  server.on('checkExpectation', (request, response) =>
    server.emit('request', request, response),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const status = STATUSES[error.code ?? ''] ?? 400;
    const requestId = randomUUID();
    const body = JSON.stringify({
      type: '/api/docs#MALFORMED_REQUEST',
      title: 'Bozuk istek',
      status,
      detail: 'İstek okunamadı: HTTP kurallarına uymuyor.',
      code: 'MALFORMED_REQUEST',
      request_id: requestId,
    });
    socket.end(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        'Content-Type: application/problem+json; charset=utf-8',
        `Content-Length: ${Buffer.byteLength(body)}`,
        `X-Request-Id: ${requestId}`,
        'X-Content-Type-Options: nosniff',
        'Content-Language: tr',
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  });
}
