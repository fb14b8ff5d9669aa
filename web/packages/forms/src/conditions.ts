// Conditions (docs/schema.md) as the editor holds them: groups of lines, each with a key of its own.
import type { Condition, EntityDefinition, Field, Json, Operator } from '@hougu/api/types';
import { formatDate, formatList, localized, text } from '@hougu/i18n';
import { kindOf } from './kinds';
import { canSee, fieldOf, systemFields } from './values';

export interface Line {
  kind: 'line';
  key: string;
  /** May be one step over a relation: `customer.level`. */
  field: string | null;
  op: Operator;
  value: Json;
}

export interface Group {
  kind: 'group';
  key: string;
  join: 'and' | 'or';
  not: boolean;
  items: (Line | Group)[];
}

let counter = 0;
function freshKey(): string {
  counter += 1;
  return `c${counter}`;
}

export function newLine(): Line {
  return { kind: 'line', key: freshKey(), field: null, op: 'eq', value: null };
}

export function newGroup(join: 'and' | 'or' = 'and', items: (Line | Group)[] = []): Group {
  return { kind: 'group', key: freshKey(), join, not: false, items };
}

export function toGroup(condition: Condition | null): Group {
  if (!condition) return newGroup();
  const item = toItem(condition);
  return item.kind === 'group' ? item : newGroup('and', [item]);
}

function toItem(condition: Condition): Line | Group {
  if ('and' in condition) return newGroup('and', condition.and.map(toItem));
  if ('or' in condition) return newGroup('or', condition.or.map(toItem));
  if ('not' in condition) {
    const inner = toItem(condition.not);
    const group = inner.kind === 'group' ? inner : newGroup('and', [inner]);
    return { ...group, not: !group.not };
  }
  return {
    kind: 'line',
    key: freshKey(),
    field: condition.field,
    op: condition.op,
    value: condition.value ?? null,
  };
}

const withoutValue: Operator[] = ['empty', 'not_empty'];

export function needsValue(op: Operator): boolean {
  return !withoutValue.includes(op);
}

/** Whether a line says enough to be asked. */
export function complete(line: Line): boolean {
  if (!line.field) return false;
  if (!needsValue(line.op)) return true;
  if (Array.isArray(line.value)) {
    if (line.op === 'between')
      return line.value.length === 2 && line.value.every((one) => one !== null);
    return line.value.length > 0;
  }
  return line.value !== null && line.value !== '';
}

/** Lines that aren't complete are left out; null when nothing is left. */
export function toCondition(group: Group): Condition | null {
  const parts = group.items.flatMap((item): Condition[] => {
    if (item.kind === 'group') {
      const inner = toCondition(item);
      return inner ? [inner] : [];
    }
    if (!complete(item) || !item.field) return [];
    const { field, op, value } = item;
    return [needsValue(op) ? { field, op, value } : { field, op }];
  });
  const [first] = parts;
  if (!first) return null;
  const joined: Condition =
    parts.length === 1 ? first : group.join === 'and' ? { and: parts } : { or: parts };
  return group.not ? { not: joined } : joined;
}

export interface FieldPath {
  path: string;
  label: string;
  field: Field;
}

/** Fields to ask about, those of related entities one step away too. */
export function fieldPaths(entity: EntityDefinition, entities: EntityDefinition[]): FieldPath[] {
  const own = [...entity.fields.filter((field) => canSee(entity, field)), ...systemFields()];
  const paths = own.map((field) => ({ path: field.name, label: localized(field.label), field }));
  const related = entity.fields.flatMap((field) => {
    if (field.type !== 'relation' || !canSee(entity, field)) return [];
    const target = entities.find((one) => one.name === field.entity);
    return (target?.fields ?? [])
      .filter((inner) => target && canSee(target, inner))
      .filter((inner) => !['child_table', 'relation_many'].includes(inner.type))
      .map((inner) => ({
        path: `${field.name}.${inner.name}`,
        label: `${localized(field.label)} › ${localized(inner.label)}`,
        field: inner,
      }));
  });
  return [...paths, ...related];
}

export function operatorsOf(field: Field): Operator[] {
  return kindOf(field.type).operators;
}

/** `$today-7` and the like as its number of days; null for anything else. */
export function daysFromToday(value: Json): number | null {
  const match = typeof value === 'string' ? /^\$today([+-]\d{1,4})?$/.exec(value) : null;
  return match ? Number(match[1] ?? 0) : null;
}

export function todayPlus(days: number): string {
  return days === 0 ? '$today' : `$today${days > 0 ? '+' : ''}${days}`;
}

function valueText(field: Field, value: Json, titles: (id: string) => string): string {
  if (value === '$me') return text('forms.condition.me');
  if (value === '$my_teams') return text('forms.condition.my_teams');
  if (value === '$now') return text('forms.condition.now');
  const days = daysFromToday(value);
  if (days !== null) return daysText(days);
  if (typeof value === 'boolean') return text(value ? 'forms.yes' : 'forms.no');
  const choice = field.choices?.find((one) => one.value === value);
  if (choice) return localized(choice.label);
  if (['relation', 'relation_many', 'user', 'team'].includes(field.type))
    return titles(String(value));
  if (field.type === 'date' || field.type === 'date_time') return formatDate(String(value));
  return String(value);
}

export function daysText(days: number): string {
  if (days === 0) return text('forms.condition.today');
  return text(days < 0 ? 'forms.condition.days_ago' : 'forms.condition.days_ahead', {
    days: Math.abs(days),
  });
}

/** The condition as a sentence. `titles` gives the words of related records by id. */
export function conditionText(
  condition: Condition,
  entity: EntityDefinition,
  entities: EntityDefinition[],
  titles: (id: string) => string = (id) => id.slice(0, 8),
): string {
  if ('not' in condition) {
    return text('forms.condition.not_text', {
      inner: conditionText(condition.not, entity, entities, titles),
    });
  }
  if ('and' in condition || 'or' in condition) {
    const parts = 'and' in condition ? condition.and : condition.or;
    const word = text('and' in condition ? 'forms.condition.and_word' : 'forms.condition.or_word');
    return parts
      .map((part) => {
        const inner = conditionText(part, entity, entities, titles);
        return 'and' in part || 'or' in part ? `(${inner})` : inner;
      })
      .join(` ${word} `);
  }
  const found = fieldPaths(entity, entities).find((one) => one.path === condition.field);
  const field = found?.field ?? fieldOf(entity, condition.field);
  const label = found?.label ?? condition.field;
  const op = text(`forms.operator.${condition.op}`);
  if (!needsValue(condition.op) || !field) return `${label} ${op}`;
  const value = condition.value ?? null;
  const values = Array.isArray(value)
    ? value.map((one) => valueText(field, one, titles))
    : [valueText(field, value, titles)];
  return `${label} ${op} ${condition.op === 'between' ? values.join(' – ') : formatList(values)}`;
}
