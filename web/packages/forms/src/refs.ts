import type { FieldValue, Ref } from '@hougu/api/types';

export function asRef(value: FieldValue | undefined): Ref | null {
  return typeof value === 'object' && value !== null && 'id' in value && 'title' in value
    ? (value as Ref)
    : null;
}

export function asRefs(value: FieldValue | undefined): Ref[] {
  return Array.isArray(value)
    ? (value as FieldValue[]).map(asRef).filter((ref): ref is Ref => ref !== null)
    : [];
}
