import { inspect } from 'node:util';
import hbs from 'hbs';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.js';

describe(Secret.name, () => {
  const secret = new Secret('sk-canary');

  it('gives its value only when asked for it', () => {
    expect(secret.reveal()).toBe('sk-canary');
  });

  it.each([
    ['a string', () => String(secret)],
    ['JSON', () => JSON.stringify({ secret })],
    [
      'inspect',
      () => inspect({ deep: { secret } }, { depth: 9, showHidden: true }),
    ],
    [
      'a template',
      () =>
        hbs.handlebars.compile('{{secret}} {{secret.value}} {{json}}')({
          secret,
          json: JSON.stringify(secret),
        }),
    ],
    ['an error', () => new Error(String(secret)).message],
    ['a log line', () => logged({ secret })],
  ])('shows as [gizli] in %s', (_, show) => {
    expect(show()).toContain('[gizli]');
    expect(show()).not.toContain('canary');
  });
});

function logged(fields: object): string {
  const lines: string[] = [];
  pino({}, { write: (line: string) => void lines.push(line) }).info(fields);
  return lines.join('');
}
