import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../helpers/test-app.js';
import { withDatabase } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const SOFFICE = process.env.SOFFICE_PATH || '/usr/bin/soffice';

/** Names as somebody might write them who means no good, or simply is Turkish. */
const NAMES = [
  'Şişli İğdır Çağrı Öğüt ıIiİ',
  '=1+41',
  '+1+41',
  '-1+43',
  '@SUM(1;41)',
  '\t=1+41',
  '\r=1+41',
  ' =1+41',
  '"=1+41',
  '"=1+41"',
  '＝1+41',
  '=HYPERLINK("http://kotu.example";"Tıklayın")',
  "=cmd|'/C calc'!A0",
  'Virgül, noktalı; "tırnak"',
  'İki\nsatır',
];

/** What a spreadsheet makes of a CSV file that is simply opened: its flat XML. */
async function openedBySpreadsheet(
  folder: string,
  csv: string,
): Promise<string> {
  writeFileSync(join(folder, 'tablo.csv'), csv);
  await promisify(execFile)(
    SOFFICE,
    [
      `-env:UserInstallation=file://${join(folder, 'profile')}`,
      '--headless',
      // Comma, quote, UTF-8: what its dialog finds by itself, which does not come up without windows.
      '--infilter=Text - txt - csv (StarCalc):44,34,76,1',
      '--convert-to',
      'fods',
      '--outdir',
      folder,
      join(folder, 'tablo.csv'),
    ],
    { cwd: folder },
  );
  return readFileSync(join(folder, 'tablo.fods'), 'utf8');
}

describe('the CSV export in LibreOffice', () => {
  const folder = makeWorkspace();
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
    await withDatabase(app.databaseFile, async (database) => {
      for (const [index, business_name] of NAMES.entries())
        await database.insertLegacyTenant({
          username: `tablo-${index}`,
          business_name,
        });
    });
  });
  afterAll(async () => {
    await app.stop();
    removeWorkspace(folder);
  });

  it('evaluates no formula and keeps every Turkish letter', async () => {
    const response = await fetch(`${app.url}/api/tenants/export?format=csv`, {
      headers: { authorization: `Bearer ${await app.token()}` },
    });
    // As bytes: whoever decodes text drops the byte order mark.
    const csv = Buffer.from(await response.arrayBuffer()).toString();
    const table = await openedBySpreadsheet(folder, csv);
    expect(table).not.toContain('table:formula');
    expect(table).not.toContain('office:value="42"');
    const texts = cellTexts(table);
    // The program takes a lone CR for a line end.
    for (const name of NAMES.map((text) => text.replace('\r', '\n')))
      expect(texts.map((text) => text.replace(/^'/, ''))).toContain(name);
    expect(texts).toContain('Şişli İğdır Çağrı Öğüt ıIiİ');
    expect(texts).toContain("'=1+41");
  });

  it('would evaluate one that is written as it is', async () => {
    const table = await openedBySpreadsheet(folder, '\uFEFFad\r\n=1+41\r\n');
    expect(table).toContain('table:formula');
    expect(table).toContain('office:value="42"');
  });
});

const ENTITIES: Record<string, string> = {
  '&apos;': "'",
  '&quot;': '"',
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};

function cellTexts(table: string): string[] {
  const cells = table.matchAll(
    /<table:table-cell[^>]*>(.*?)<\/table:table-cell>/gs,
  );
  return [...cells].map(([, cell = '']) =>
    [...cell.matchAll(/<text:p\/>|<text:p>(.*?)<\/text:p>/gs)]
      .map(([, paragraph = '']) => plainText(paragraph))
      .join('\n'),
  );
}

function plainText(paragraph: string): string {
  return paragraph
    .replaceAll('<text:tab/>', '\t')
    .replaceAll(/<text:s[^>]*\/>/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
}
