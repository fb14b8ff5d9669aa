// The values of a record being edited: what changed, what is wrong, what goes to the server.
import { ApiError } from '@hougu/api/client';
import type {
  EntityDefinition,
  FieldValue,
  Form,
  FormSection,
  Json,
  RecordData,
} from '@hougu/api/types';
import { text } from '@hougu/i18n';
import { useCallback, useMemo, useRef, useState } from 'react';
import { canSee, canWrite, defaultValues, sameValue, toInput, type Values } from './values';

export type Errors = Record<string, string>;

export interface RecordDraft {
  values: Values;
  set: (field: string, value: FieldValue) => void;
  /** Several at once. */
  put: (values: Values) => void;
  /** Names of fields that differ from the record (or from an empty one). */
  changed: string[];
  errors: Errors;
  setErrors: (errors: Errors) => void;
  /** Starts afresh from a record or from nothing. */
  reset: (record?: RecordData | null) => void;
  /** Changed fields as the API takes them; all with a value for a new record. */
  payload: () => Record<string, Json>;
}

function valuesOf(entity: EntityDefinition, record: RecordData | null): Values {
  if (!record) return defaultValues(entity);
  const values: Values = {};
  for (const field of entity.fields) values[field.name] = record[field.name] ?? null;
  return values;
}

export function useRecordDraft(
  entity: EntityDefinition,
  record: RecordData | null,
  initial?: Values,
): RecordDraft {
  const [base, setBase] = useState<Values>(() => valuesOf(entity, record));
  const [values, setValues] = useState<Values>(() => ({ ...base, ...initial }));
  const [errors, setErrors] = useState<Errors>({});
  const latest = useRef(values);
  latest.current = values;

  const put = useCallback((next: Values) => {
    latest.current = { ...latest.current, ...next };
    setValues(latest.current);
    // A mended field loses its complaint at once; the server judges again on saving.
    setErrors((all) => Object.fromEntries(Object.entries(all).filter(([name]) => !(name in next))));
  }, []);
  const set = useCallback((field: string, value: FieldValue) => put({ [field]: value }), [put]);

  const changed = useMemo(
    () =>
      entity.fields
        .filter((field) => canWrite(entity, field))
        .filter((field) => !sameValue(field, values[field.name] ?? null, base[field.name] ?? null))
        .map((field) => field.name),
    [entity, values, base],
  );

  const reset = useCallback(
    (next: RecordData | null = null) => {
      const fresh = valuesOf(entity, next);
      setBase(fresh);
      setValues(fresh);
      setErrors({});
    },
    [entity],
  );

  const payload = useCallback(() => {
    const out: Record<string, Json> = {};
    for (const field of entity.fields) {
      if (!canWrite(entity, field)) continue;
      const input = toInput(field, latest.current[field.name] ?? null);
      if (record ? changed.includes(field.name) : input !== null) out[field.name] = input;
    }
    return out;
  }, [entity, record, changed]);

  return { values, set, put, changed, errors, setErrors, reset, payload };
}

/** What can be said without the server: what is missing. Only about fields that are on the form. */
export function missing(entity: EntityDefinition, form: Form, values: Values): Errors {
  const errors: Errors = {};
  const shown = new Set(form.sections.flatMap((section) => section.fields));
  for (const field of entity.fields) {
    if (!shown.has(field.name) || !canWrite(entity, field)) continue;
    const input = toInput(field, values[field.name] ?? null);
    const none = input === null || (Array.isArray(input) && input.length === 0);
    if (field.required && none) errors[field.name] = text('forms.required');
    if (field.type === 'address' && !none && !(input as { code: string | null }).code) {
      errors[field.name] = text('forms.address.region_missing');
    }
  }
  return errors;
}

/** The server's complaints by field; `lines[2].price` counts for `lines`. Null: it is about the whole. */
export function errorsOf(error: unknown): Errors | null {
  if (!(error instanceof ApiError) || error.fields.length === 0) return null;
  const errors: Errors = {};
  for (const { field, message } of error.fields) {
    const name = field.split(/[.[]/)[0] ?? field;
    errors[name] ??= name === field ? message : `${field}: ${message}`;
  }
  return errors;
}

/** The form whose `when` fits; else the one without; else all fields in one section. */
export function pickForm(
  entity: EntityDefinition,
  values: Record<string, FieldValue | undefined>,
): Form {
  const fits = entity.forms.find(
    (form) =>
      form.when &&
      JSON.stringify(values[form.when.field] ?? null) === JSON.stringify(form.when.value),
  );
  const form = fits ?? entity.forms.find((one) => !one.when);
  if (form) return form;
  const section: FormSection = {
    label: entity.label,
    fields: entity.fields.filter((field) => canSee(entity, field)).map((field) => field.name),
  };
  return { name: 'all', label: entity.label, when: null, sections: [section] };
}
