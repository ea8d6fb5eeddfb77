import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { describeError } from '../common/errors/describe-error.js';

/** Longer than load balancers keep idle connections (60 s), so that they never reuse one that is being closed here. */
const KEEP_ALIVE_MS = 65_000;
/** For a peer that neither sends what it has begun nor takes what it has asked for. */
const MAX_STALL_MS = 60_000;
const MAX_STALL_WHEN_CLOSING_MS = 5_000;
/** For the rest of a request's head. */
const MAX_HEAD_WHEN_CLOSING_MS = 2_000;
const SWEEP_MS = 50;
const REPORT_EVERY_MS = 10_000;

const FULL =
  'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n';

/**
 * The connections of a server and what they are waiting for. Node's own lists know only those that have finished a request:
 * it waits a minute for one that has sent nothing, and for ever for one that does not take its answer.
 */
export class OpenConnections {
  readonly #logger = new Logger(OpenConnections.name);
  #nextReport = 0;
  /** Oldest first, each with its requests that are not answered in full. */
  readonly #open = new Map<Socket, Set<ServerResponse>>();

  /** @param limit how many may be open at once. */
  constructor(
    private readonly server: Server,
    private readonly limit: number,
  ) {
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.timeout = MAX_STALL_MS;
    server.on('connection', (socket) => this.#add(socket));
    server.on('request', (request, response) => this.#begin(request, response));
    server.on('timeout', (socket) => this.#onStall(socket));
    // Of accepting: the others go on. Unheard, it would end the process.
    server.on('error', (error) => {
      if (server.listening) this.#report(error);
    });
  }

  /** For a server that takes no new ones: each ends as soon as it has nothing to finish. */
  endAsTheyFinish(): void {
    const since = Date.now();
    this.server.timeout = MAX_STALL_WHEN_CLOSING_MS;
    for (const socket of this.#open.keys())
      socket.setTimeout(MAX_STALL_WHEN_CLOSING_MS);
    const sweep = (): void => {
      this.server.closeIdleConnections();
      const noLonger = Date.now() - since > MAX_HEAD_WHEN_CLOSING_MS;
      for (const [socket, unanswered] of this.#open)
        if (unanswered.size === 0 && (socket.bytesRead === 0 || noLonger))
          socket.destroy();
    };
    sweep();
    const sweeping = setInterval(sweep, SWEEP_MS).unref();
    this.server.once('close', () => clearInterval(sweeping));
  }

  #add(socket: Socket): void {
    if (this.#open.size >= this.limit && !this.#makeRoom()) {
      // Nothing that it asks for is begun.
      socket.write(FULL);
      socket.destroy();
      return;
    }
    this.#open.set(socket, new Set());
    socket.once('close', () => this.#end(socket));
  }

  /** Node tells the answer that is being sent, and none that waits behind it. */
  #end(socket: Socket): void {
    const unanswered = this.#open.get(socket) ?? [];
    this.#open.delete(socket);
    for (const response of unanswered)
      if (response.socket === null) response.destroy().emit('close');
  }

  /** By the oldest that asks for nothing. */
  #makeRoom(): boolean {
    for (const [socket, unanswered] of this.#open)
      if (unanswered.size === 0) {
        this.#open.delete(socket);
        socket.destroy();
        return true;
      }
    return false;
  }

  #begin({ socket }: IncomingMessage, response: ServerResponse): void {
    const unanswered = this.#open.get(socket);
    unanswered?.add(response);
    response.once('close', () => unanswered?.delete(response));
  }

  #report(error: Error): void {
    const now = performance.now();
    if (now < this.#nextReport) return;
    this.#nextReport = now + REPORT_EVERY_MS;
    this.#logger.warn({ error: describeError(error), msg: 'not accepted' });
  }

  /** Nothing has come or gone for a while. Whoever waits for us goes on waiting. */
  #onStall(socket: Socket): void {
    const unanswered = this.#open.get(socket) ?? [];
    const weAreSlow = [...unanswered].some(
      ({ req, writableLength }) => req.complete && writableLength === 0,
    );
    if (weAreSlow && socket.writableLength === 0)
      socket.setTimeout(this.server.timeout);
    else socket.destroy();
  }
}
