import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../test/helpers/paths.js';
import { Env } from './env.dto.js';

interface Documented {
  name: string;
  /** Undefined where the line is commented out. */
  value: string | undefined;
  comments: string[];
}

const example = readFileSync(projectPath('.env.example'), 'utf8');
const documented = parseExample(example);
const declared = declaredVariables(
  readFileSync(projectPath('src/config/env.dto.ts'), 'utf8'),
);
const defaults = new Map<string, unknown>(Object.entries(new Env()));

describe('.env.example', () => {
  it('documents every variable of Env and no other, once', () => {
    const names = documented.map(({ name }) => name);

    expect(declared).toContain('ENCRYPTION_KEY_FILE');
    expect(declared).toEqual(expect.arrayContaining([...defaults.keys()]));
    expect(names.toSorted()).toEqual(declared.toSorted());
  });

  it.each(documented)('shows the default of $name', ({ name, value }) => {
    expect(value).toBe(defaults.get(name));
  });

  it.each(documented)('says what $name is for', ({ comments }) => {
    expect(comments.length).toBeGreaterThanOrEqual(1);
    expect(comments.length).toBeLessThanOrEqual(2);
    expect(comments[0]).toMatch(/^# \S.{20,}/);
  });
});

function parseExample(text: string): Documented[] {
  const comments: string[] = [];
  return text.split('\n').flatMap((line) => {
    const match = /^(#?)([A-Z_]+)=(.*)$/.exec(line);
    if (match === null) {
      if (line.startsWith('# ')) comments.push(line);
      else comments.length = 0;
      return [];
    }
    const [, commentedOut, name = '', value] = match;
    return [
      {
        name,
        // Quoted where it has a blank: shells read such files, too.
        value: commentedOut ? undefined : value?.replace(/^"(.*)"$/, '$1'),
        comments: comments.splice(0),
      },
    ];
  });
}

/** Fields without a default leave no trace at run time, so their names are read from the source. */
function declaredVariables(source: string): string[] {
  return [...source.matchAll(/^ {2}([A-Z][A-Z_]+)\??(?::| =)/gm)].map(
    ([, name = '']) => name,
  );
}
