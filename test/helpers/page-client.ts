import { ADMIN } from './dashboard.js';

export interface PageAnswer {
  status: number;
  location: string | null;
  text: string;
  headers: Headers;
}

type Form = Record<string, string | readonly string[]>;

/** A browser without a window: keeps cookies, follows no redirect, and takes the CSRF token from the page that has the form. */
export class PageClient {
  readonly #cookies = new Map<string, string>();

  constructor(
    readonly url: string,
    private readonly userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  ) {}

  static async signedIn(
    url: string,
    { username, password } = ADMIN,
    userAgent?: string,
  ): Promise<PageClient> {
    const client = new PageClient(url, userAgent);
    const answer = await client.signIn(username, password);
    if (answer.status !== 303) throw new Error(`sign-in: ${answer.status}`);
    return client;
  }

  signIn(username: string, password: string): Promise<PageAnswer> {
    return this.submit('/login', { username, password });
  }

  /** The value of the session cookie. */
  get session(): string | undefined {
    return this.#cookies.get('vr_session');
  }

  /** The value of the `Cookie` header. */
  get cookies(): string {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ');
  }

  get(path: string): Promise<PageAnswer> {
    return this.#send(path, {});
  }

  /** Posts a form with the CSRF token of the page `from`. */
  async submit(path: string, form: Form, from = path): Promise<PageAnswer> {
    return this.post(path, { _csrf: await this.tokenOf(from), ...form });
  }

  /** Posts exactly these fields. */
  post(
    path: string,
    form: Form,
    headers: Record<string, string> = {},
  ): Promise<PageAnswer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form))
      for (const one of typeof value === 'string' ? [value] : value)
        body.append(name, one);
    return this.#send(path, { method: 'POST', body, headers });
  }

  /** Posts a form with a file, its fields first, as a browser does. */
  upload(
    path: string,
    fields: Record<string, string>,
    file?: { name: string; content: string },
  ): Promise<PageAnswer> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    if (file !== undefined)
      body.set('file', new Blob([file.content]), file.name);
    return this.#send(path, { method: 'POST', body });
  }

  /** The CSRF token in the forms of a page. */
  async tokenOf(path: string): Promise<string> {
    const { text } = await this.get(path);
    return /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
  }

  async #send(
    path: string,
    { headers, ...init }: RequestInit & { headers?: Record<string, string> },
  ): Promise<PageAnswer> {
    const answer = await fetch(this.url + path, {
      ...init,
      redirect: 'manual',
      headers: {
        ...headers,
        'accept-language': 'tr',
        'user-agent': this.userAgent,
        cookie: this.cookies,
      },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      text: await answer.text(),
      headers: answer.headers,
    };
  }
}
