import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, Request, Response } from 'express';
import { entityTags } from './entity-tags.js';
import { HeldAnswers } from './held-answers.js';
import { OpenConnections } from './open-connections.js';

/**
 * Express as Nest runs it, on a server whose requests and responses are born with Express's prototypes.
 *
 * Otherwise Express gives them theirs with `Object.setPrototypeOf`, one by one: V8 then makes a hidden class for each object,
 * nothing that reads a property of it can be compiled for its class, and it outlives its answer until a full collection
 * (docs/adr/0015-born-as-express-messages.md). Express's own call still runs and finds nothing to change.
 */
export class HttpAdapter extends ExpressAdapter {
  #connections: OpenConnections;

  /** @param maxConnections how many may be open at once. */
  constructor(private readonly maxConnections: number) {
    super();
  }

  override initHttpServer(): void {
    const app = this.getInstance<Express>();
    const server = createServer(bornFor(app), app);
    this.#connections = new OpenConnections(server, this.maxConnections);
    this.httpServer = server;
  }

  override close(): Promise<unknown> | undefined {
    const closed = super.close();
    this.#connections.endAsTheyFinish();
    return closed;
  }
}

/** Express finds a tag in what is no list of tags; a condition that cannot be understood is one that does not hold. */
function isFresh(this: Request): boolean {
  const condition = this.headers['if-none-match'];
  const isUnderstood =
    condition === undefined ||
    condition.trim() === '*' ||
    entityTags(condition) !== undefined;
  const prototype = Object.getPrototypeOf(
    Object.getPrototypeOf(this),
  ) as object;
  return isUnderstood && Reflect.get(prototype, 'fresh', this) === true;
}

function bornFor(app: Express) {
  const held = new HeldAnswers();
  const { send } = app.response;
  function sendCounted(this: Response, body?: unknown): Response {
    send.call(this, body);
    held.add(this);
    return this;
  }
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse<
    Message extends IncomingMessage,
  > extends ServerResponse<Message> {}
  Object.setPrototypeOf(ExpressRequest.prototype, app.request);
  Object.defineProperty(ExpressRequest.prototype, 'fresh', { get: isFresh });
  Object.setPrototypeOf(ExpressResponse.prototype, app.response);
  Object.defineProperty(ExpressResponse.prototype, 'send', {
    value: sendCounted,
  });
  Object.assign(app, {
    request: ExpressRequest.prototype,
    response: ExpressResponse.prototype,
  });
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
}
