import { Command, InvalidArgumentError } from 'commander';
import {
  type ApiToken,
  tokenState,
} from '../auth/api-tokens/api-token.entity.js';
import { ApiTokensService } from '../auth/api-tokens/api-tokens.service.js';
import { isScope, Scope } from '../auth/scope.js';
import { isoOf } from '../common/iso-of.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStdout } from '../startup/report.js';
import { TenantsService } from '../tenants/tenants.service.js';
import { withServices } from './with-services.js';

interface CreateOptions {
  name: string;
  scopes: Scope[];
  tenant?: number;
  expiresInDays?: number;
}

const LONGEST_NAME = 100;
const LONGEST_LIFE_DAYS = 3650;

export function tokenCommand(): Command {
  const token = new Command('token').description('API anahtarları');
  token
    .command('create')
    .description("API anahtarı oluşturur; stdout'a yalnızca anahtarı yazar")
    .requiredOption('--name <ad>', 'anahtarın adı', parseName)
    .requiredOption(
      '--scopes <liste>',
      `virgülle ayrılmış yetkiler: ${Object.values(Scope).join(', ')}`,
      parseScopes,
    )
    .option(
      '--tenant <ID>',
      'yalnızca bu müşteriye erişir',
      wholeNumber(Number.MAX_SAFE_INTEGER),
    )
    .option(
      '--expires-in-days <gün>',
      'geçerlilik süresi',
      wholeNumber(LONGEST_LIFE_DAYS),
    )
    .action((options: CreateOptions) =>
      withServices(async (services) => {
        const { name, scopes, tenant: tenantId, expiresInDays } = options;
        if (
          tenantId !== undefined &&
          !(await services.get(TenantsService).exists(tenantId))
        ) {
          throw new OperatorError('Müşteri bulunamadı');
        }
        toStdout(
          await services
            .get(ApiTokensService)
            .create({ name, scopes, tenantId, expiresInDays }),
        );
      }),
    );
  token
    .command('list')
    .description('API anahtarlarını listeler')
    .action(() =>
      withServices(async (services) => {
        for (const row of [
          HEADINGS,
          ...(await services.get(ApiTokensService).list()).map(toRow),
        ])
          toStdout(row.join('\t'));
      }),
    );
  token
    .command('revoke')
    .description('API anahtarını iptal eder')
    .argument('<ID>', "anahtarın vr_'den sonraki 8 karakteri")
    .action((id: string) =>
      withServices(async (services) => {
        if (!(await services.get(ApiTokensService).revoke(id))) {
          throw new OperatorError(
            'Böyle bir API anahtarı yok ya da zaten iptal edilmiş',
          );
        }
        toStdout(`API anahtarı iptal edildi: ${id}`);
      }),
    );
  return token;
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

function toRow(token: ApiToken): string[] {
  const { id, name, scopes, tenantId, createdAt, expiresAt, lastUsedAt } =
    token;
  return [
    id,
    name,
    scopes,
    String(tenantId ?? '-'),
    STATES[tokenState(token)],
    isoOf(createdAt) ?? '-',
    isoOf(expiresAt) ?? '-',
    isoOf(lastUsedAt) ?? '-',
  ];
}

function parseName(text: string): string {
  if (
    text.trim() === '' ||
    [...text].length > LONGEST_NAME ||
    /\p{Cc}/u.test(text)
  ) {
    throw new InvalidArgumentError(`1-${LONGEST_NAME} karakter olmalı.`);
  }
  return text;
}

function parseScopes(text: string): Scope[] {
  const scopes = text.split(',').map((scope) => scope.trim());
  if (!scopes.every(isScope))
    throw new InvalidArgumentError(
      `Bilinen yetkiler: ${Object.values(Scope).join(', ')}.`,
    );
  return [...new Set(scopes)];
}

function wholeNumber(max: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^[1-9]\d*$/.test(text) || number > max)
      throw new InvalidArgumentError(
        `1 ile ${max} arasında bir tam sayı olmalı.`,
      );
    return number;
  };
}
