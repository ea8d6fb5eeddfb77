import { describe, expect, it } from 'vitest';
import { parseRoles } from './role.js';

describe(parseRoles.name, () => {
  it('takes some of the roles, in any order', () => {
    expect(parseRoles('worker, web')).toEqual(['web', 'worker']);
    expect(parseRoles('receptionist')).toEqual(['receptionist']);
  });

  it.each(['', ' ', 'web,', 'api', 'web;worker', 'WEB'])(
    'refuses "%s"',
    (value) => {
      expect(() => parseRoles(value)).toThrow('web, receptionist, worker');
    },
  );
});
