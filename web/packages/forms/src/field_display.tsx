import type { Field, FieldValue, RecordData } from '@hougu/api/types';
import type { ReactNode } from 'react';
import { kindOf } from './kinds';

interface FieldDisplayProps {
  field: Field;
  value: FieldValue | undefined;
  /** One line, for lists. */
  compact?: boolean;
  record?: RecordData;
  /** Shown where there is no value. */
  empty?: ReactNode;
}

export function FieldDisplay({
  field,
  value,
  compact,
  record,
  empty,
}: FieldDisplayProps): ReactNode {
  const none =
    value === null ||
    value === undefined ||
    value === '' ||
    (Array.isArray(value) && value.length === 0);
  if (none) {
    return empty === undefined ? <span style={{ color: 'var(--hougu-text-soft)' }}>–</span> : empty;
  }
  const { Display } = kindOf(field.type);
  return (
    <Display field={field} value={value} compact={compact ?? false} {...(record && { record })} />
  );
}
