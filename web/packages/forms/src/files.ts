import type { FieldValue, FileRef } from '@hougu/api/types';

export function asFile(value: FieldValue | undefined): FileRef | null {
  return typeof value === 'object' && value !== null && 'url' in value ? (value as FileRef) : null;
}

export function asFiles(value: FieldValue | undefined): FileRef[] {
  if (!Array.isArray(value)) return [];
  return (value as FieldValue[]).map(asFile).filter((file): file is FileRef => file !== null);
}
