import { describe, expect, it } from 'vitest';
import { TenantImport } from '../tenant-import.entity.js';
import { toImportResponse } from './import-response.dto.js';

describe(toImportResponse.name, () => {
  it('shows an import whose dates are damaged', () => {
    const job = Object.assign(new TenantImport(), {
      id: 7,
      createdAt: null,
      startedAt: null,
      finishedAt: null,
    });

    expect(toImportResponse(job)).toMatchObject({
      id: 7,
      created_at: '1970-01-01T00:00:00.000Z',
      started_at: null,
      finished_at: null,
    });
  });
});
