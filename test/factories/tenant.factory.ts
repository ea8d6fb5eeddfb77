let next = 0;

export interface TenantInput {
  username: string;
  password: string;
  business_name: string;
  openai_api_key: string;
  system_prompt?: string;
}

/** Valid bodies of `POST /api/tenants`, each with a name of its own. */
export const tenantFactory = {
  build(overrides: Partial<TenantInput> = {}): TenantInput {
    next += 1;
    return {
      username: `tenant-${process.pid}-${next}`,
      password: 'gizli-parola',
      business_name: `Güneş Diş Kliniği ${next}`,
      openai_api_key: `sk-test-${String(next).padStart(20, '0')}`,
      ...overrides,
    };
  },
};
