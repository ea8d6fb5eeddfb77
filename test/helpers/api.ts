import {
  type TenantInput,
  tenantFactory,
} from '../factories/tenant.factory.js';

/** A tenant as the API gives it. */
export interface TenantBody {
  id: number;
  username: string;
  business_name: string;
  system_prompt: string;
  status: string;
  openai_api_key_hint: string | null;
  openai_api_key_state: string;
  version: number;
  created_at: string | null;
  updated_at: string | null;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** Calls `/api/tenants` of a running service with one token. */
export class TenantsApi {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  create(
    overrides: Partial<TenantInput> = {},
  ): Promise<Answer<TenantBody & { code?: string }>> {
    return this.call('POST', '', tenantFactory.build(overrides));
  }

  list(limit = 500): Promise<Answer<TenantBody[]>> {
    return this.call('GET', `?limit=${limit}`);
  }

  get(id: number): Promise<Answer<TenantBody>> {
    return this.call('GET', id);
  }

  patch(
    id: number,
    body: Partial<TenantInput>,
  ): Promise<Answer<TenantBody & { code?: string }>> {
    return this.call('PATCH', id, body);
  }

  delete(id: number): Promise<Answer<undefined>> {
    return this.call('DELETE', id);
  }

  restore(id: number): Promise<Answer<TenantBody & { code?: string }>> {
    return this.call('POST', `bin/${id}/restore`);
  }

  private async call<T>(
    method: string,
    path: string | number,
    body?: unknown,
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/api/tenants/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.token}`,
        'Content-Type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      // The caller says what it expects; an empty answer has no body.
      body: (text === '' ? undefined : JSON.parse(text)) as T,
    };
  }
}
