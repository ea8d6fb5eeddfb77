import type { ApiTokenSummary } from '../auth/api-tokens/api-token-summary.js';
import { ApiTokensService } from '../auth/api-tokens/api-tokens.service.js';
import { tokenId } from '../auth/api-tokens/token-format.js';
import type { Scope } from '../auth/scope.js';
import { isoOf } from '../common/iso-of.js';
import { OperatorError, undelivered } from '../startup/exit-codes.js';
import { delivered } from '../startup/output.js';
import { toStdout } from '../startup/report.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { READ_ONLY, withServices } from './with-services.js';

export interface CreateOptions {
  name: string;
  scopes: Scope[];
  tenant?: number;
  expiresInDays?: number;
}

export function create({
  name,
  scopes,
  tenant: tenantId,
  expiresInDays,
}: CreateOptions): Promise<void> {
  return withServices(async (services) => {
    if (
      tenantId !== undefined &&
      !(await services.get(TenantsService).exists(tenantId))
    )
      throw new OperatorError('Müşteri bulunamadı');
    const tokens = services.get(ApiTokensService);
    const token = await tokens.create({
      name,
      scopes,
      tenantId,
      expiresInDays,
    });
    toStdout(token);
    await delivered().catch((error: unknown) => takeBack(tokens, token, error));
  });
}

/** Nobody has seen the token, and nobody ever will: it must not stay valid. */
async function takeBack(
  tokens: ApiTokensService,
  token: string,
  error: unknown,
): Promise<never> {
  await tokens.revoke(tokenId(token) ?? '');
  throw undelivered(error, 'Yeni API anahtarı iptal edildi.');
}

export function list(): Promise<void> {
  return withServices(async (services) => {
    const tokens = await services.get(ApiTokensService).list();
    for (const row of [HEADINGS, ...tokens.map(toRow)])
      toStdout(row.join('\t'));
  }, READ_ONLY);
}

export function revoke(id: string): Promise<void> {
  return withServices(async (services) => {
    if (!(await services.get(ApiTokensService).revoke(id)))
      throw new OperatorError(
        'Böyle bir API anahtarı yok ya da zaten iptal edilmiş',
      );
    toStdout(`API anahtarı iptal edildi: ${id}`);
  });
}

const HEADINGS = [
  'ID',
  'AD',
  'YETKİLER',
  'MÜŞTERİ',
  'DURUM',
  'OLUŞTURULDU',
  'SON GEÇERLİLİK',
  'SON KULLANIM',
];

const STATES = {
  active: 'geçerli',
  revoked: 'iptal',
  expired: 'süresi doldu',
};

function toRow(token: ApiTokenSummary): string[] {
  return [
    token.id,
    token.name,
    token.scopes.join(','),
    String(token.tenantId ?? '-'),
    STATES[token.state],
    isoOf(token.createdAt) ?? '-',
    isoOf(token.expiresAt) ?? '-',
    isoOf(token.lastUsedAt) ?? '-',
  ];
}
