import type { IncomingHttpHeaders } from 'node:http';
import type { ProblemDetailsDto } from '../../src/http/errors/problem-details.dto.js';
import type { TenantResponseDto } from '../../src/tenants/dto/tenant-response.dto.js';

/** An HTTP answer, read to its end. */
export class Answer {
  constructor(
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    readonly text: string,
  ) {}

  get json(): unknown {
    return JSON.parse(this.text);
  }

  /** Of NDJSON. */
  get lines(): unknown[] {
    return this.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  }

  // The document says what is in an answer, and `OpenApiContract` has checked this one against it.
  get tenant(): TenantResponseDto {
    return this.json as TenantResponseDto;
  }

  get tenants(): TenantResponseDto[] {
    return this.json as TenantResponseDto[];
  }

  get problem(): ProblemDetailsDto {
    return this.json as ProblemDetailsDto;
  }

  /** Pointer and code of each field error. */
  get faults(): [pointer: string, code: string][] {
    return (this.problem.errors ?? []).map(({ pointer, code }) => [
      pointer,
      code,
    ]);
  }

  header(name: string): string | undefined {
    const value = this.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  /** Everything that came back, to search in. */
  get everything(): string {
    return `${JSON.stringify(this.headers)}\n${this.text}`;
  }
}
