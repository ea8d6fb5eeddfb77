import { Command, InvalidArgumentError } from 'commander';
import { isScope, Scope } from '../auth/scope.js';
import type { CreateOptions } from './token.actions.js';

const actions = () => import('./token.actions.js');

const MAX_NAME_LENGTH = 100;
const MAX_LIFE_DAYS = 3650;

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
      wholeNumber(MAX_LIFE_DAYS),
    )
    .action(async (options: CreateOptions) =>
      (await actions()).create(options),
    );
  token
    .command('list')
    .description('API anahtarlarını listeler')
    .action(async () => (await actions()).list());
  token
    .command('revoke')
    .description('API anahtarını iptal eder')
    .argument('<ID>', "anahtarın vr_'den sonraki 8 karakteri")
    .action(async (id: string) => (await actions()).revoke(id));
  return token;
}

function parseName(text: string): string {
  if (
    text.trim() === '' ||
    [...text].length > MAX_NAME_LENGTH ||
    /\p{Cc}/u.test(text)
  ) {
    throw new InvalidArgumentError(`1-${MAX_NAME_LENGTH} karakter olmalı.`);
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
