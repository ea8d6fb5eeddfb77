import { VersionConflictError } from '../common/errors/common.errors.js';
import { entityTags } from './entity-tags.js';

/** The versions that a change may build on; undefined for any. */
export type AcceptedVersions = readonly number[] | undefined;

const CANONICAL = /^[1-9]\d*$/;

/** The strong entity tag of a version (RFC 9110, section 8.8.3). */
export function versionTag(version: number): string {
  return `"${version}"`;
}

/**
 * Reads an `If-Match` header (RFC 9110, section 13.1.1). What is no tag of ours matches nothing, and so does
 * what is no tag at all: a condition that cannot be understood is one that does not hold.
 */
export function acceptedVersions(header: string | undefined): AcceptedVersions {
  if (header === undefined || header.trim() === '*') return undefined;
  return (entityTags(header) ?? [])
    .filter((tag) => CANONICAL.test(tag))
    .map(Number);
}

/** @throws VersionConflictError when the stored version is none of those that the change may build on. */
export function assertVersion(
  stored: number,
  accepted: AcceptedVersions,
): void {
  if (accepted !== undefined && !accepted.includes(stored))
    throw new VersionConflictError();
}
