import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { AppConfig } from '../../src/config/app-config.js';
import { Signer } from '../../src/security/signer.js';
import type { Answer } from './answer.js';
import { sendRequest } from './send-request.js';
import { TEST_SECRET_KEY } from './service.js';

// Signatures need nothing else of the configuration.
const signer = new Signer({ secretKey: TEST_SECRET_KEY } as AppConfig);

export interface SetCookie {
  name: string;
  value: string;
  /** Lower-case attributes; those without a value are ''. */
  attributes: Record<string, string>;
}

/** The cookies that an answer sets. */
export function cookiesOf({
  headers,
}: {
  headers: IncomingHttpHeaders;
}): SetCookie[] {
  return (headers['set-cookie'] ?? []).map((line) => {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    return {
      name,
      value,
      attributes: Object.fromEntries(
        attributes.map((attribute) => {
          const [key = '', text = ''] = attribute.split('=');
          return [key.toLowerCase(), text];
        }),
      ),
    };
  });
}

/** A browser without a screen: keeps cookies and fills in CSRF tokens; follows no redirect. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  /** All that came back so far. */
  readonly answers: Answer[] = [];

  constructor(
    readonly url: string,
    readonly headers: OutgoingHttpHeaders = {},
  ) {}

  /** The token that this visitor's forms carry on admins' pages and before sign-in. */
  get csrfToken(): string {
    const session = this.#cookie('vr_session')?.split('.')[0];
    return signer.sign('csrf', session ?? this.#cookie('vr_visitor') ?? '');
  }

  /** The token that the forms of the tenants' panel carry. */
  get panelToken(): string {
    const session = this.#cookie('vr_tenant_session')?.split('.')[0];
    return signer.sign('csrf', session ?? '');
  }

  get(path: string, headers?: OutgoingHttpHeaders): Promise<Answer> {
    return this.send('GET', path, { headers });
  }

  /** Posts a form with this visitor's CSRF token; a `_csrf` field replaces it, an undefined one leaves it out. */
  post(
    path: string,
    fields: Record<string, string | undefined> = {},
    headers?: OutgoingHttpHeaders,
  ): Promise<Answer> {
    const isPanel = /^\/panel(?:\/|$)/.test(path);
    const _csrf = isPanel ? this.panelToken : this.csrfToken;
    const form = { _csrf, ...fields };
    const filledIn = Object.entries(form).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return this.send('POST', path, {
      body: new URLSearchParams(filledIn).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
    });
  }

  async signIn(username: string, password: string): Promise<Answer> {
    await this.get('/login');
    return this.post('/login', { username, password });
  }

  async send(
    method: string,
    path: string,
    {
      body,
      headers = {},
    }: { body?: string; headers?: OutgoingHttpHeaders } = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const answer = await sendRequest(this.url, {
      method,
      path,
      body,
      headers: {
        ...(cookie !== '' && { cookie }),
        ...this.headers,
        ...headers,
      },
    });
    for (const { name, value } of cookiesOf(answer))
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    this.answers.push(answer);
    if (!/^\/(?:api|health)(?:[/?]|$)/.test(path))
      assertPageHeaders(path, answer);
    return answer;
  }

  #cookie(name: string): string | undefined {
    return this.cookies.get(name) ?? this.cookies.get(`__Host-${name}`);
  }
}

function assertPageHeaders(path: string, answer: Answer): void {
  const policy = answer.header('content-security-policy') ?? '';
  const isHtml =
    answer.header('content-type')?.startsWith('text/html') === true;
  const faults = [
    answer.header('x-request-id') === undefined && 'no X-Request-Id',
    answer.header('x-content-type-options') !== 'nosniff' && 'no nosniff',
    answer.header('x-powered-by') !== undefined && 'X-Powered-By',
    answer.header('cache-control') !== 'no-store' && 'may be stored',
    !/default-src '(?:none|self)'/.test(policy) && 'no CSP',
    !policy.includes("frame-ancestors 'none'") && 'may be framed',
    !policy.includes("form-action 'self'") && 'forms may go anywhere',
    /unsafe-|\*|https?:/.test(policy) && 'a CSP with holes',
    answer.text !== '' && !isHtml && answer.status !== 303 && 'no HTML',
    /^(?!\/(?!\/))/.test(answer.header('location') ?? '/') &&
      'a redirect to elsewhere',
  ].filter((fault) => fault !== false);
  if (faults.length > 0)
    throw new Error(`${path} → ${answer.status}: ${faults.join('; ')}`);
}
