import { KeyRing } from '../../dist/security/key-ring.js';
import { SecretBox } from '../../dist/security/secret-box.js';
import { openAiKeyPlace } from '../../dist/tenants/tenant.entity.js';
import { SECRETS } from './built.mjs';

/** Of a password that nobody knows; as good as any to store and to import. */
export const NOBODYS_HASH = `$2b$12$${'x'.repeat(53)}`;
/** Makes 700 bytes of a tenant, and 70 KB of a list of 100. */
export const PROMPT = 'Sen bir sanal resepsiyonistsin. '.repeat(12);

const KINDS = [
  'Diş Kliniği',
  'Kuaför',
  'Veteriner',
  'Hukuk Bürosu',
  'Restoran',
];
const PLACES = ['Şişli', 'Çankaya', 'Üsküdar', 'İzmit', 'Ürgüp', 'Göztepe'];

/** What to search for: this one finds as many tenants in a small database as in a large one … */
export const RARE = { needle: 'fırıncı', hits: 20 };
/** … and this one a sixth of them. */
export const COMMON = { needle: 'şişli' };

export function businessName(id, count) {
  const isRare = id % Math.max(1, Math.floor(count / RARE.hits)) === 0;
  const kind = isRare ? 'Fırıncı' : KINDS[id % KINDS.length];
  return `${PLACES[id % PLACES.length]} ${kind} ${id}`;
}

/** Rows of the table `tenants`, with keys that the service can read. */
export function* tenantRows(count) {
  const secrets = new SecretBox(
    new KeyRing([Buffer.from(SECRETS.ENCRYPTION_KEY, 'base64url')]),
  );
  for (let id = 1; id <= count; id += 1) {
    const sealed = secrets.seal(
      `sk-bench-${String(id).padStart(12, '0')}`,
      openAiKeyPlace(id),
    );
    yield {
      id,
      username: `bench-${id}`,
      password_hash: NOBODYS_HASH,
      business_name: businessName(id, count),
      openai_api_key: sealed.token,
      system_prompt: PROMPT,
      created_at: '2026-01-02 03:04:05.000000',
      openai_api_key_kid: sealed.kid,
      openai_api_key_mac: sealed.mac,
      openai_api_key_hint: sealed.hint,
    };
  }
}
