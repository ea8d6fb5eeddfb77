import { describe, expect, it } from 'vitest';
import { tenantFactory } from '../../../test/factories/tenant.factory.js';
import { CreateTenantDto } from '../../tenants/dto/create-tenant.dto.js';
import { ListTenantsQueryDto } from '../../tenants/dto/list-tenants-query.dto.js';
import { ReplaceTenantDto } from '../../tenants/dto/update-tenant.dto.js';
import { ValidationFailedError } from '../errors/common.errors.js';
import { ruleFaults, validateDto } from './validate-dto.js';

type Faults = Record<string, string>;

function faultsOf(input: unknown): Faults {
  try {
    validateDto(CreateTenantDto, input, { unknown: 'refuse' });
    return {};
  } catch (error) {
    if (!(error instanceof ValidationFailedError)) throw error;
    return Object.fromEntries(
      error.fields.map(({ pointer, code }) => [pointer, code]),
    );
  }
}

function faultsWith(overrides: Record<string, unknown>): Faults {
  return faultsOf({ ...tenantFactory.build(), ...overrides });
}

describe(validateDto.name, () => {
  it('gives an instance with its defaults and folded fields', () => {
    const dto = validateDto(
      CreateTenantDto,
      tenantFactory.build({ username: 'Gunes.DIS', password: 's\u0327ifre-1' }),
      { unknown: 'refuse' },
    );

    expect(dto).toBeInstanceOf(CreateTenantDto);
    expect(dto.username).toBe('gunes.dis');
    expect(dto.password).toBe('şifre-1');
    expect(dto.system_prompt).toContain('sanal resepsiyonistsin');
  });

  it.each([
    [undefined, 'REQUIRED'],
    [null, 'WRONG_TYPE'],
    [[], 'WRONG_TYPE'],
    ['text', 'WRONG_TYPE'],
    [7, 'WRONG_TYPE'],
  ])('refuses %j, which is no object', (input, code) => {
    expect(faultsOf(input)).toEqual({ '': code });
  });

  it('reports every bad field, once each', () => {
    expect(
      faultsOf({ username: 7, password: '', openai_api_key: null }),
    ).toEqual({
      '/username': 'WRONG_TYPE',
      '/password': 'TOO_SHORT',
      '/business_name': 'REQUIRED',
      '/openai_api_key': 'WRONG_TYPE',
    });
  });

  it.each([
    ['username', 'ab', 'TOO_SHORT'],
    ['username', 'a'.repeat(101), 'TOO_LONG'],
    ['username', ' abc', 'INVALID_CHARACTERS'],
    ['username', 'İstanbul', 'INVALID_CHARACTERS'],
    ['username', '\u212Aelvin', 'INVALID_CHARACTERS'],
    ['username', 'abc-', 'INVALID_FORMAT'],
    ['password', '12345', 'TOO_SHORT'],
    ['password', 'ş'.repeat(37), 'TOO_LONG'],
    ['password', 'abc\0def', 'INVALID_CHARACTERS'],
    ['password', 'abcdef\ud800', 'INVALID_CHARACTERS'],
    ['business_name', '', 'TOO_SHORT'],
    ['business_name', ' \u00a0\u200b', 'INVALID_FORMAT'],
    ['business_name', '🦷'.repeat(256), 'TOO_LONG'],
    ['business_name', 'a\nb', 'INVALID_CHARACTERS'],
    ['openai_api_key', 'x'.repeat(19), 'TOO_SHORT'],
    ['openai_api_key', 'x'.repeat(513), 'TOO_LONG'],
    ['openai_api_key', 'x'.repeat(20) + ' ', 'INVALID_CHARACTERS'],
    ['openai_api_key', 'ğ'.repeat(20), 'INVALID_CHARACTERS'],
    ['system_prompt', 'x'.repeat(9), 'TOO_SHORT'],
    ['system_prompt', 'x'.repeat(32_001), 'TOO_LONG'],
    ['system_prompt', 'x'.repeat(10) + '\u0007', 'INVALID_CHARACTERS'],
  ])('refuses %s %j as %s', (field, value, code) => {
    expect(faultsWith({ [field]: value })).toEqual({ [`/${field}`]: code });
  });

  it.each([
    ['username', 'a.b'],
    ['username', 'A'.repeat(100)],
    ['password', '123456'],
    ['password', 'ş'.repeat(36)],
    ['password', 's\u0327'.repeat(36)],
    ['business_name', '🦷'.repeat(255)],
    ['openai_api_key', 'x'.repeat(20)],
    ['openai_api_key', '~!'.repeat(256)],
    ['system_prompt', '🦷'.repeat(10)],
    ['system_prompt', 'x'.repeat(32_000)],
    ['system_prompt', 'tab\tand\r\nline ends'],
  ])('accepts %s %j at its edge', (field, value) => {
    expect(faultsWith({ [field]: value })).toEqual({});
  });

  it('refuses unknown fields, __proto__ among them, and copies none', () => {
    const hostile = JSON.parse(
      '{"__proto__": {"admin": true}, "constructor": 1, "a/b~c": 1, "id": 1}',
    ) as Record<string, unknown>;

    expect(faultsOf({ ...tenantFactory.build(), id: 1, 'a/b~c': 1 })).toEqual({
      '/id': 'UNKNOWN_FIELD',
      '/a~1b~0c': 'UNKNOWN_FIELD',
    });
    expect(faultsOf(hostile)).toMatchObject({
      '/__proto__': 'UNKNOWN_FIELD',
      '/constructor': 'UNKNOWN_FIELD',
    });
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  it('does not name unknown fields without end', () => {
    const many = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`field${index}`, 1]),
    );

    expect(Object.keys(faultsWith(many))).toHaveLength(20);
    expect(faultsWith({ ['x'.repeat(65)]: 1 })).toEqual({
      '': 'UNKNOWN_FIELD',
    });
  });

  it('drops what only goes out where the class says so', () => {
    const dto = validateDto(
      ReplaceTenantDto,
      { id: 7, version: 3, business_name: 'Ad' },
      { unknown: 'refuse' },
    );

    expect(Object.keys(dto)).not.toContain('id');
    expect(dto.business_name).toBe('Ad');
  });

  it('leaves rules to the service where the class says so', () => {
    const dto = validateDto(
      ReplaceTenantDto,
      { username: 'x', password: null },
      { unknown: 'refuse' },
    );

    expect(ruleFaults(dto)).toMatchObject([
      { pointer: '/username', code: 'TOO_SHORT' },
    ]);
  });

  it.each([
    [{}, { skip: undefined, limit: 100 }],
    [
      { skip: '10', limit: '500', other: 'x' },
      { skip: 10, limit: 500 },
    ],
  ])('reads the list parameters %j', (query, expected) => {
    expect(
      validateDto(ListTenantsQueryDto, query, { unknown: 'ignore' }),
    ).toMatchObject(expected);
  });

  it.each(['', '1e3', '0x10', ' 5', '+5', '05', '1.0', ['1', '2'], '-1'])(
    'refuses %j as a list parameter',
    (limit) => {
      expect(() =>
        validateDto(ListTenantsQueryDto, { limit }, { unknown: 'ignore' }),
      ).toThrow(ValidationFailedError);
    },
  );

  it.each(['0', '501', '9'.repeat(400)])(
    'refuses the limit %s as out of range',
    (limit) => {
      expect(() =>
        validateDto(ListTenantsQueryDto, { limit }, { unknown: 'ignore' }),
      ).toThrow(
        expect.objectContaining({
          fields: [
            expect.objectContaining({
              pointer: '/limit',
              code: 'OUT_OF_RANGE',
            }),
          ],
        }),
      );
    },
  );
});
