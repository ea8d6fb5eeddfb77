import type { OutgoingHttpHeaders } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Answer } from './answer.js';
import { OpenApiContract } from './openapi-contract.js';
import { sendBytes, sendRequest } from './send-request.js';

export interface Call {
  /** Another token than the client's; null for none. */
  token?: string | null;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, with the headers that are given. */
  raw?: string | Buffer;
  headers?: OutgoingHttpHeaders;
}

const UUID =
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Calls the API; every answer is checked against the OpenAPI document and against what all answers have in common. */
export class ApiClient {
  private constructor(
    readonly url: string,
    readonly contract: OpenApiContract,
    readonly token: string | null,
  ) {}

  static async of(
    { url }: { url: string },
    token: string | null = null,
  ): Promise<ApiClient> {
    const { json } = await sendRequest(url, { path: '/api/openapi.json' });
    // The service's own document; openapi.spec.ts checks it against the meta-schema.
    return new ApiClient(
      url,
      new OpenApiContract(json as OpenAPIObject),
      token,
    );
  }

  /** The same client with another token. */
  as(token: string | null): ApiClient {
    return new ApiClient(this.url, this.contract, token);
  }

  get(path: string, call?: Call): Promise<Answer> {
    return this.send('GET', path, call);
  }

  post(path: string, body: unknown, call?: Call): Promise<Answer> {
    return this.send('POST', path, { body, ...call });
  }

  put(path: string, body: unknown, call?: Call): Promise<Answer> {
    return this.send('PUT', path, { body, ...call });
  }

  patch(path: string, body: unknown, call?: Call): Promise<Answer> {
    return this.send('PATCH', path, { body, ...call });
  }

  delete(path: string, call?: Call): Promise<Answer> {
    return this.send('DELETE', path, call);
  }

  async send(
    method: string,
    path: string,
    { token = this.token, body, raw, headers }: Call = {},
  ): Promise<Answer> {
    const answer = await sendRequest(this.url, {
      method,
      path,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? raw : JSON.stringify(body),
    });
    return this.#checked(method, path, answer);
  }

  /** Sends what no HTTP client would, on a connection that the service closes. */
  async sendBytes(bytes: string | Buffer): Promise<Answer> {
    const answer = await sendBytes(this.url, bytes);
    return this.#checked('BROKEN', '', answer);
  }

  #checked(method: string, path: string, answer: Answer): Answer {
    this.contract.check(method, path, answer);
    const faults = commonFaults(answer);
    if (faults.length > 0)
      throw new Error(
        `${method} ${path} → ${answer.status}: ${faults.join('; ')}`,
      );
    return answer;
  }
}

function commonFaults(answer: Answer): string[] {
  const requestId = answer.header('x-request-id') ?? '';
  const names = Object.keys(answer.headers);
  const type = answer.header('content-type') ?? '';
  return [
    !UUID.test(requestId) && 'no X-Request-Id',
    answer.header('x-content-type-options') !== 'nosniff' && 'no nosniff',
    names.some((name) => name.startsWith('access-control-')) && 'CORS header',
    names.includes('x-powered-by') && 'X-Powered-By',
    names.includes('set-cookie') && 'a cookie from the API',
    type.startsWith('application/problem+json') &&
      answer.text !== '' &&
      answer.problem.request_id !== requestId &&
      'request_id differs from X-Request-Id',
    type.startsWith('application/problem+json') &&
      answer.text !== '' &&
      answer.problem.status !== answer.status &&
      'status in the body differs',
  ].filter((fault) => fault !== false);
}
