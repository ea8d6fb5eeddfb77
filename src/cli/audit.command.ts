import { Command, InvalidArgumentError } from 'commander';
import type { ExpectedEntry } from '../audit-trail/audit-verifier.service.js';

const actions = () => import('./audit.actions.js');

const EXPECTED = /^(0|[1-9]\d{0,14}):([0-9a-f]{64})$/;

export function auditCommand(): Command {
  const audit = new Command('audit').description('denetim kaydı');
  audit
    .command('verify')
    .description('denetim kaydının bütünlüğünü denetler')
    .option(
      '--expect <SEQ:MAC>',
      'bu kaydın da yerinde olduğunu denetler (audit head)',
      parseExpected,
    )
    .action(async ({ expect }: { expect?: ExpectedEntry }) =>
      (await actions()).verify(expect),
    );
  audit
    .command('head')
    .description(
      'son kaydın numarasını ve imzasını yazar; başka bir yerde saklayın',
    )
    .action(async () => (await actions()).head());
  return audit;
}

function parseExpected(text: string): ExpectedEntry {
  const [, id, mac] = EXPECTED.exec(text.trim()) ?? [];
  if (id === undefined || mac === undefined)
    throw new InvalidArgumentError('`audit head` çıktısı gibi olmalı.');
  return { id: Number(id), mac };
}
