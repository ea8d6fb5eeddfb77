import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../common/i18n/locale.js';
import { iconFile, VIEWS } from '../assets/assets.js';
import { pageText } from '../../page-texts.js';

const views = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hbs'))
  .map((file) => [file, readFileSync(join(VIEWS, file), 'utf8')] as const);

function matches(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].map(([, found = '']) => found);
}

describe.each(views)('the view %s', (_, source) => {
  it('lets nothing through unescaped, and carries no script or style of its own', () => {
    expect(source).not.toMatch(
      /\{\{\{|\{\{&|<script>|<style|\sstyle=|\son\w+=/,
    );
  });

  it('names texts that exist in every language', () => {
    const keys = matches(source, /\bt '(\w+\.[\w.]+)'/g);
    for (const locale of LOCALES)
      for (const key of keys) expect(pageText(locale, key)).not.toBe('');
  });

  it('names icons that exist', () => {
    const missing = matches(source, /\bicon '([\w-]+)'/g).filter(
      (name) => !existsSync(iconFile(name)),
    );
    expect(missing).toEqual([]);
  });

  it('has no text of its own', () => {
    const text = source
      .replaceAll(/\{\{.*?\}\}/gs, '')
      .replaceAll(/<code[^>]*>.*?<\/code>/gs, '')
      .replaceAll(/<[^>]*>/gs, '');
    expect(text.replaceAll('&amp;', '')).not.toMatch(/\p{L}{3}/u);
  });

  it('gives every form that posts a CSRF token', () => {
    const forms = source.match(/<form[^>]*method="post"/g) ?? [];
    const tokens = source.match(
      /name="_csrf" value="\{\{(?:@root\.)?csrfToken\}\}"/g,
    );
    expect(tokens ?? []).toHaveLength(forms.length);
  });
});
