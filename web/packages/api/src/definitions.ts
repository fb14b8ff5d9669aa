// Entities, fields, views and grants as data (docs/schema.md).
import type { Localized } from '@hougu/i18n';
import type { Json } from './types';

export const fieldTypes = [
  'text',
  'long_text',
  'rich_text',
  'number',
  'money',
  'integer',
  'yes_no',
  'date',
  'date_time',
  'duration',
  'single_choice',
  'multiple_choice',
  'user',
  'team',
  'relation',
  'relation_many',
  'child_table',
  'attachment',
  'image',
  'signature',
  'geolocation',
  'address',
  'phone',
  'email',
  'url',
  'serial',
  'auto_number',
  'rating',
] as const;
export type FieldType = (typeof fieldTypes)[number];

export interface Choice {
  value: string;
  label: Localized;
  color?: string;
  archived?: boolean;
}

export interface Field {
  name: string;
  type: FieldType;
  label: Localized;
  help?: Localized;
  required?: boolean;
  unique?: boolean;
  default?: Json;
  core?: boolean;
  managed?: boolean;
  archived?: boolean;
  personal?: boolean;
  // settings by type; see the table in docs/schema.md
  min_length?: number;
  max_length?: number;
  pattern?: string;
  scale?: number;
  min?: number | string;
  max?: number | string;
  unit?: string;
  currency?: string;
  choices?: Choice[];
  entity?: string;
  on_delete?: 'refuse' | 'clear';
  fields?: Field[];
  min_rows?: number;
  max_rows?: number;
  max_files?: number;
  accept?: string;
  fold?: boolean;
}

export type Condition =
  | { field: string; op: Operator; value?: Json }
  | { and: Condition[] }
  | { or: Condition[] }
  | { not: Condition };

export const operators = [
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'in',
  'not_in',
  'empty',
  'not_empty',
  'contains',
  'starts_with',
  'between',
] as const;
export type Operator = (typeof operators)[number];

export interface FormSection {
  label: Localized;
  fields: string[];
  folded?: boolean;
}

export interface Form {
  name: string;
  label: Localized;
  when: { field: string; value: Json } | null;
  sections: FormSection[];
}

export interface View {
  name: string;
  label: Localized;
  columns: string[];
  where: Condition | null;
  sort: string[];
  default?: boolean;
  /** A person's own saved view. */
  personal?: boolean;
}

export type Scope = 'none' | 'all' | 'department' | 'team' | 'assigned' | 'created';
export type FieldRight = 'none' | 'read' | 'write' | 'masked';

/** What the caller may do with an entity. */
export interface EntityGrants {
  create: boolean;
  read: Scope | Scope[];
  update?: Scope | Scope[];
  delete?: Scope | Scope[];
  export?: Scope | Scope[];
  fields?: Record<string, FieldRight>;
  verbs?: string[];
}

export interface EntityDefinition {
  name: string;
  label: Localized;
  core?: boolean;
  icon?: string;
  title: string[];
  ownership?: {
    team?: string | null;
    assignee?: string | null;
    creator?: string | null;
    via?: string | null;
  };
  search?: string[];
  fields: Field[];
  indexes?: string[][];
  unique?: string[][];
  history_only?: boolean;
  forms: Form[];
  views: View[];
  grants: EntityGrants;
  version: number;
}
