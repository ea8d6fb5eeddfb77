import type { Locale } from '../../../common/i18n/locale.js';
import { messages } from '../../../common/i18n/messages.js';
import { toImportRowResponse } from '../../../imports/dto/import-report.dto.js';
import type { ImportResponseDto } from '../../../imports/dto/import-response.dto.js';
import type { ReportedRow } from '../../../imports/reported-row.js';
import {
  type CancelReason,
  ENDED_STATES,
} from '../../../imports/tenant-import.entity.js';

export interface ImportSummary {
  id: number;
  dryRun: boolean;
  /** The name of its number, of an import or of a dry run. */
  titleKey: 'imports.number' | 'imports.numberDry';
  /** Its turn has not come yet. */
  waiting: boolean;
  finished: boolean;
  /** Why it ended before its last row; null unless it did. */
  cancelReason: CancelReason | null;
  /** Nothing happens to it any more. */
  ended: boolean;
  total: number;
  processed: number;
  added: number;
  failed: number;
  /** Rows that are well: added, or in a dry run only found to be so. */
  well: number;
  createdAt?: string;
  finishedAt?: string;
}

export interface FailedRow {
  line: number;
  username: string | null;
  faults: { field: string; message: string }[];
}

export function toImportSummary(job: ImportResponseDto): ImportSummary {
  const { id, dry_run: dryRun, state, total, processed, added, failed } = job;
  return {
    id,
    dryRun,
    titleKey: dryRun ? 'imports.numberDry' : 'imports.number',
    waiting: state === 'pending' && processed === 0,
    finished: state === 'finished',
    cancelReason: job.cancel_reason,
    ended: ENDED_STATES.includes(state),
    total,
    processed,
    added,
    failed,
    well: processed - failed,
    createdAt: job.created_at,
    finishedAt: job.finished_at ?? undefined,
  };
}

export function toFailedRow(locale: Locale, row: ReportedRow): FailedRow {
  const labels: Record<string, string> = messages(locale).fields;
  const { line, username, errors } = toImportRowResponse(row, locale);
  return {
    line,
    username,
    faults: errors.map(({ pointer, message }) => {
      const name = pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
      return {
        // A field that there is not has no label, but a name that can be corrected.
        field: Object.hasOwn(labels, name) ? (labels[name] ?? '') : name,
        message,
      };
    }),
  };
}
