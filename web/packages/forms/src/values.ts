// Values between the API's two forms: as it gives them out, and as it takes them.
import type {
  EntityDefinition,
  Field,
  FieldRight,
  FieldValue,
  Json,
  RecordData,
} from '@hougu/api/types';
import { isoDay, text } from '@hougu/i18n';
import { asFiles } from './files';
import { asRef, asRefs } from './refs';

export type Values = Record<string, FieldValue>;

/** Fields that every record has, to be shown and filtered by like others. */
export function systemFields(): Field[] {
  const label = (name: string) => {
    const words = text(`forms.system.${name}`);
    return { 'zh-CN': words, en: words };
  };
  return [
    { name: 'created_at', type: 'date_time', label: label('created_at'), managed: true },
    { name: 'created_by', type: 'user', label: label('created_by'), managed: true },
    { name: 'updated_at', type: 'date_time', label: label('updated_at'), managed: true },
    { name: 'updated_by', type: 'user', label: label('updated_by'), managed: true },
  ];
}

/** A field by its name, those of the system too. */
export function fieldOf(entity: EntityDefinition, name: string): Field | undefined {
  return (
    entity.fields.find((field) => field.name === name) ??
    systemFields().find((field) => field.name === name)
  );
}

/** What the caller may do with a field; without a word about it: write. */
export function rightOf(entity: EntityDefinition, field: string): FieldRight {
  return entity.grants.fields?.[field] ?? entity.grants.fields?.['*'] ?? 'write';
}

export function canSee(entity: EntityDefinition, field: Field): boolean {
  return !field.archived && rightOf(entity, field.name) !== 'none';
}

export function canWrite(entity: EntityDefinition, field: Field): boolean {
  return (
    !field.archived &&
    !field.managed &&
    field.type !== 'auto_number' &&
    rightOf(entity, field.name) === 'write'
  );
}

/** The value as the API takes it. */
export function toInput(field: Field, value: FieldValue): Json {
  if (value === null || value === undefined || value === '') return null;
  switch (field.type) {
    case 'user':
    case 'team':
    case 'relation':
      return asRef(value)?.id ?? (value as string);
    case 'relation_many':
      return asRefs(value).map((ref) => ref.id);
    case 'attachment':
    case 'image':
      return asFiles(value).map((file) => file.id);
    case 'signature':
      return typeof value === 'object' && 'id' in value ? (value as { id: string }).id : null;
    case 'address': {
      if (typeof value !== 'object' || !('street' in value || 'code' in value)) return null;
      const { code, street } = value as { code?: string | null; street?: string | null };
      return { code: code ?? null, street: street ?? null };
    }
    case 'child_table':
      return (value as Record<string, FieldValue>[]).map((row) => {
        const out: Record<string, Json> = row.id ? { id: row.id as string } : {};
        for (const column of field.fields ?? []) {
          if (column.name in row) out[column.name] = toInput(column, row[column.name] ?? null);
        }
        return out;
      });
    default:
      return value as Json;
  }
}

export function sameValue(field: Field, a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(toInput(field, a)) === JSON.stringify(toInput(field, b));
}

/** A default as a value: "$today" and "$now" as they are here; "$me" is left to the server. */
function startValue(value: FieldValue): FieldValue {
  if (typeof value !== 'string' || !value.startsWith('$')) return value;
  if (value === '$now') return new Date().toISOString();
  const day = /^\$today([+-]\d{1,4})?$/.exec(value);
  return day ? isoDay(Date.now() + Number(day[1] ?? 0) * 86_400_000) : null;
}

/** What a new record starts with. */
export function defaultValues(entity: EntityDefinition): Values {
  const values: Values = {};
  for (const field of entity.fields) {
    if (field.default !== undefined && !field.managed)
      values[field.name] = startValue(field.default as FieldValue);
  }
  return values;
}

/** The words that name a record, from its title fields. */
export function titleOf(entity: EntityDefinition, record: RecordData): string {
  const words = entity.title
    .map((name) => {
      const value = record[name];
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      return asRef(value)?.title ?? '';
    })
    .filter(Boolean);
  return words.join(' ') || record.id.slice(0, 8);
}
