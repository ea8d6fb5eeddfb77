/** The kind of jobs that are about an import; the subject is its id. An upload has one from its first byte on. */
export const IMPORT_JOB = 'import';
