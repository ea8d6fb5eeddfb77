import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportReportDto } from '../../src/imports/dto/import-report.dto.js';
import { ApiClient } from './api-client.js';

const LOOK_EVERY_MS = 100;

/** Uploads files of tenants and waits for what becomes of them. */
export class ImportsApi {
  constructor(private readonly client: ApiClient) {}

  /** @returns the path of the report. */
  async start(file: string, query = ''): Promise<string> {
    const answer = await this.client.send(
      'POST',
      `/api/tenants/imports${query}`,
      { raw: file, headers: { 'content-type': 'application/x-ndjson' } },
    );
    if (answer.status !== 202) throw new Error(answer.text);
    return String(answer.header('location'));
  }

  async report(path: string, query = '?limit=10000'): Promise<ImportReportDto> {
    // The client has checked it against the document.
    return (await this.client.get(path + query)).json as ImportReportDto;
  }

  /** Waits until so many rows are done; until it has ended when no number is given. */
  async until(path: string, processed?: number): Promise<ImportReportDto> {
    for (;;) {
      const report = await this.report(path, '?limit=1');
      if (
        report.state === 'finished' ||
        report.state === 'cancelled' ||
        report.processed >= (processed ?? Infinity)
      )
        return this.report(path);
      await sleep(LOOK_EVERY_MS);
    }
  }

  async run(file: string, query = ''): Promise<ImportReportDto> {
    return this.until(await this.start(file, query));
  }
}
