// What can be set for each field type (docs/schema.md) and how the studio asks for it.
import type { Field, FieldType } from '@hougu/api/types';

export type SettingKind =
  | 'integer'
  | 'decimal'
  | 'day'
  | 'text'
  | 'pattern'
  | 'number_pattern'
  | 'words'
  | 'currency'
  | 'entity'
  | 'on_delete'
  | 'fold'
  | 'choices'
  | 'fields';

export interface Setting {
  name: keyof Field & string;
  kind: SettingKind;
  /** What holds when nothing is said, to be shown. */
  otherwise?: number | string;
  low?: number;
  high?: number;
  required?: boolean;
  /** Seldom needed: folded away. */
  advanced?: boolean;
}

const hundredYears = 3_155_760_000;
const length = (otherwise: number, high: number): Setting => ({
  name: 'max_length',
  kind: 'integer',
  otherwise,
  low: 1,
  high,
  advanced: true,
});
const bounds = (kind: SettingKind, range: { low?: number; high?: number } = {}): Setting[] => [
  { name: 'min', kind, ...range, advanced: true },
  { name: 'max', kind, ...range, advanced: true },
];
const choices: Setting = { name: 'choices', kind: 'choices', required: true };
const target: Setting = { name: 'entity', kind: 'entity', required: true };

export const typeSettings: Record<FieldType, readonly Setting[]> = {
  text: [
    { name: 'min_length', kind: 'integer', low: 0, high: 4000, otherwise: 0, advanced: true },
    length(200, 4000),
    { name: 'pattern', kind: 'pattern', advanced: true },
  ],
  long_text: [length(20_000, 1_000_000)],
  rich_text: [length(100_000, 1_000_000)],
  number: [
    { name: 'scale', kind: 'integer', otherwise: 2, low: 0, high: 9 },
    { name: 'unit', kind: 'text' },
    ...bounds('decimal'),
  ],
  money: [
    { name: 'currency', kind: 'currency', otherwise: 'CNY' },
    { name: 'scale', kind: 'integer', otherwise: 2, low: 0, high: 4, advanced: true },
    ...bounds('decimal'),
  ],
  integer: [{ name: 'unit', kind: 'text' }, ...bounds('integer')],
  yes_no: [],
  date: bounds('day'),
  date_time: [],
  duration: bounds('integer', { low: -hundredYears, high: hundredYears }),
  single_choice: [choices],
  multiple_choice: [choices],
  user: [],
  team: [],
  relation: [target, { name: 'on_delete', kind: 'on_delete', otherwise: 'refuse' }],
  relation_many: [target],
  child_table: [
    { name: 'fields', kind: 'fields', required: true },
    { name: 'min_rows', kind: 'integer', otherwise: 0, low: 0, high: 1000, advanced: true },
    { name: 'max_rows', kind: 'integer', otherwise: 200, low: 1, high: 1000, advanced: true },
  ],
  attachment: [
    { name: 'max_files', kind: 'integer', otherwise: 10, low: 1, high: 100 },
    { name: 'accept', kind: 'words', advanced: true },
  ],
  image: [{ name: 'max_files', kind: 'integer', otherwise: 9, low: 1, high: 100 }],
  signature: [],
  geolocation: [],
  address: [],
  phone: [],
  email: [],
  url: [],
  serial: [length(64, 200), { name: 'fold', kind: 'fold', advanced: true }],
  auto_number: [{ name: 'pattern', kind: 'number_pattern', required: true }],
  rating: [{ name: 'max', kind: 'integer', otherwise: 5, low: 2, high: 10 }],
};

export const typeGroups: { key: string; types: FieldType[] }[] = [
  { key: 'text', types: ['text', 'long_text', 'rich_text', 'serial', 'auto_number'] },
  { key: 'number', types: ['number', 'money', 'integer', 'rating', 'duration'] },
  { key: 'choice', types: ['single_choice', 'multiple_choice', 'yes_no'] },
  { key: 'time', types: ['date', 'date_time'] },
  { key: 'contact', types: ['phone', 'email', 'url', 'address', 'geolocation'] },
  { key: 'people', types: ['user', 'team', 'relation', 'relation_many', 'child_table'] },
  { key: 'file', types: ['attachment', 'image', 'signature'] },
];

const files: readonly FieldType[] = ['attachment', 'image', 'signature'];
const notInside: readonly FieldType[] = ['child_table', 'auto_number', 'relation_many', ...files];
const uniqueTypes: readonly FieldType[] = [
  'text',
  'serial',
  'email',
  'phone',
  'integer',
  'auto_number',
  'user',
  'team',
  'relation',
];
const noDefault: readonly FieldType[] = [
  'auto_number',
  'relation',
  'relation_many',
  'team',
  'child_table',
  'geolocation',
  'address',
  'rich_text',
  ...files,
];
/** Words that stand for what the day or the person is when the record is made. */
export const defaultWords: Partial<Record<FieldType, string>> = {
  date: '$today',
  date_time: '$now',
  user: '$me',
};

export const mayBeUnique = (type: FieldType) => uniqueTypes.includes(type);
export const mayBeRequired = (type: FieldType) => type !== 'auto_number';
export const mayHaveDefault = (type: FieldType) => !noDefault.includes(type);
export const mayStandInside = (type: FieldType) => !notInside.includes(type);
/** Several files or rows have no column to be compared, sorted or indexed by. */
export const hasColumn = (type: FieldType) =>
  !['relation_many', 'child_table', 'geolocation', ...files].includes(type);

const changes: Partial<Record<FieldType, FieldType[]>> = {
  text: ['long_text', 'serial', 'auto_number'],
  long_text: ['text'],
  email: ['text', 'long_text'],
  url: ['text', 'long_text'],
  phone: ['text', 'long_text'],
  serial: ['text', 'long_text', 'auto_number'],
  auto_number: ['text'],
  single_choice: ['text'],
  date: ['text'],
  rating: ['integer'],
  duration: ['integer'],
  integer: ['duration', 'number'],
  number: ['money'],
  money: ['number'],
  attachment: ['image'],
  image: ['attachment'],
};

/** Types that a published field may become without losing values; its own is the first. */
export function typesAfter(type: FieldType): FieldType[] {
  return [type, ...(changes[type] ?? [])];
}

/** The field as another type: settings that the new type doesn't know go. */
export function withType(field: Field, type: FieldType): Field {
  const next: Field = { ...field, type };
  const known = new Set<string>(typeSettings[type].map((setting) => setting.name));
  for (const setting of Object.values(typeSettings).flat()) {
    if (!known.has(setting.name)) delete next[setting.name];
  }
  // A bound of another kind of value would be read wrongly.
  if (type !== field.type) {
    delete next.min;
    delete next.max;
    delete next.default;
    if (type === 'auto_number') next.pattern = 'NO{yyyy}{MM}{dd}-{seq:4}';
    else delete next.pattern;
  }
  if (!mayBeUnique(type)) delete next.unique;
  if (!mayBeRequired(type)) delete next.required;
  return next;
}
