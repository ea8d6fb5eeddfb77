import { describe, expect, it } from 'vitest';
import { helpers } from './helpers.js';

const turkish = { hash: {}, data: { root: { locale: 'tr' } } };
const english = { hash: {}, data: { root: { locale: 'en' } } };

describe('the helpers of the pages', () => {
  it('write a moment in Istanbul’s time', () => {
    const moment = '2026-11-22T21:39:59.000Z';
    expect(helpers.date(moment, turkish)).toBe('23.11.2026 00:39');
    expect(helpers.date(moment, english)).toBe('23/11/2026 00:39');
    expect(helpers.date(null, turkish)).toBe('–');
  });

  it('write numbers as their readers do', () => {
    expect(helpers.number(32_000, turkish)).toBe('32.000');
    expect(helpers.number(32_000, english)).toBe('32,000');
  });

  it('find texts by one key or by its parts', () => {
    expect(helpers.t('flash.saved', turkish)).toBe(
      helpers.t('flash', 'saved', turkish),
    );
    expect(
      helpers.t('tenant.number', { ...english, hash: { id: 7 } }),
    ).toContain('7');
    expect(() => helpers.t('flash', 'constructor', turkish)).toThrow(
      'no page text',
    );
  });

  it('mark code and escape all else', () => {
    expect(helpers.prose('a < `b & "c"`').toString()).toBe(
      'a &lt; <code>b &amp; &quot;c&quot;</code>',
    );
  });
});
