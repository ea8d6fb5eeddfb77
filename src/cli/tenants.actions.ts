import { exportTenants, type ExportOptions } from './tenants-export.js';
import { importTenants } from './tenants-import.js';
import { withServices } from './with-services.js';

export function importFrom(file: string, dryRun: boolean): Promise<void> {
  return withServices((services) => importTenants(services, file, dryRun));
}

export function exportTo(options: ExportOptions): Promise<void> {
  return withServices((services) => exportTenants(services, options));
}
