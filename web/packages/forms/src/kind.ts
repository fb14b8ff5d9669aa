// What every field type brings: an editor, a display, how wide its column is, which operators fit.
import type { Field, FieldType, FieldValue, Operator, RecordData, Ref } from '@hougu/api/types';
import type { ComponentType } from 'react';

export interface EditorProps {
  field: Field;
  /** As the API gives it out; null for none. */
  value: FieldValue;
  onChange: (value: FieldValue) => void;
  /** Of the input, for its label. */
  id?: string;
  /** Id of the text that explains or complains. */
  describedBy?: string;
  disabled?: boolean;
  invalid?: boolean;
  autoFocus?: boolean;
  /** The other values of the record: what was pasted into an address may fill name and phone. */
  siblings?: Siblings;
  /** For people: those of this team are offered first. */
  team?: Ref | null;
}

export interface Siblings {
  names: string[];
  get: (field: string) => FieldValue;
  set: (field: string, value: FieldValue) => void;
}

export interface DisplayProps {
  field: Field;
  value: FieldValue;
  /** One line, for lists. */
  compact?: boolean;
  record?: RecordData;
}

export interface FieldKind {
  type: FieldType;
  Editor: ComponentType<EditorProps>;
  Display: ComponentType<DisplayProps>;
  column: { width: number; align?: 'right' };
  operators: Operator[];
  /** Spans the whole width of a form. */
  wide?: boolean;
  /** Can be sorted by. */
  sortable?: boolean;
}

/** For what is compared by order: numbers, dates. */
export const ordered: Operator[] = [
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'between',
  'empty',
  'not_empty',
];
export const textual: Operator[] = ['contains', 'starts_with', 'eq', 'ne', 'empty', 'not_empty'];
export const chosen: Operator[] = ['in', 'not_in', 'eq', 'ne', 'empty', 'not_empty'];
export const presence: Operator[] = ['empty', 'not_empty'];

/** Properties that every input of a form shares. */
export function inputProps({ id, describedBy, disabled, invalid, autoFocus, field }: EditorProps): {
  id?: string;
  disabled: boolean;
  status: '' | 'error';
  autoFocus: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
  'aria-required'?: boolean;
} {
  return {
    ...(id && { id }),
    disabled: disabled ?? false,
    status: invalid ? 'error' : '',
    autoFocus: autoFocus ?? false,
    ...(describedBy && { 'aria-describedby': describedBy }),
    ...(invalid && { 'aria-invalid': true }),
    ...(field.required && { 'aria-required': true }),
  };
}

export function asText(value: FieldValue): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
