// Which columns a list shows, how wide, remembered for the person.
import { usePreference } from '@hougu/api/session';
import type { EntityDefinition, Field, View } from '@hougu/api/types';
import { canSee, fieldOf, kindOf, systemFields } from '@hougu/forms';
import { useCallback, useMemo } from 'react';

export interface Column {
  field: Field;
  width: number;
  align: 'left' | 'right';
  sortable: boolean;
}

// A type, not an interface: only those count as JSON.
type Kept = { columns?: string[]; widths?: Record<string, number> };

const unfit = new Set(['child_table']);

/** Every field that can be a column. */
export function columnFields(entity: EntityDefinition): Field[] {
  return [
    ...entity.fields.filter((field) => canSee(entity, field) && !unfit.has(field.type)),
    ...systemFields(),
  ];
}

/** Without a view: the number, the title, and what follows. */
function usual(entity: EntityDefinition): string[] {
  const named = entity.fields
    .filter((field) => field.type === 'auto_number')
    .map((field) => field.name);
  const rest = columnFields(entity)
    .filter(
      (field) =>
        !['long_text', 'rich_text', 'attachment', 'signature', 'geolocation'].includes(field.type),
    )
    .map((field) => field.name)
    .filter((name) => !name.startsWith('updated') && name !== 'created_by');
  return [...new Set([...named, ...entity.title, ...rest])].slice(0, 8);
}

export function useColumns(entity: EntityDefinition, view: View | undefined) {
  const [all, keepAll] = usePreference<Record<string, Kept>>('table_columns', {});
  const key = view ? `${entity.name}/${view.name}` : entity.name;
  const kept = all[key];
  const columns = useMemo<Column[]>(() => {
    const names = kept?.columns ?? (view && view.columns.length > 0 ? view.columns : usual(entity));
    return names.flatMap((name) => {
      const field = fieldOf(entity, name);
      if (!field || !canSee(entity, field)) return [];
      const kind = kindOf(field.type);
      return [
        {
          field,
          width: kept?.widths?.[name] ?? kind.column.width,
          align: kind.column.align ?? 'left',
          sortable: kind.sortable ?? false,
        },
      ];
    });
  }, [entity, view, kept]);
  const keep = useCallback((next: Kept) => keepAll({ ...all, [key]: next }), [all, key, keepAll]);
  const setColumns = useCallback(
    (names: string[]) => keep({ ...kept, columns: names }),
    [keep, kept],
  );
  const setWidth = useCallback(
    (name: string, width: number) => keep({ ...kept, widths: { ...kept?.widths, [name]: width } }),
    [keep, kept],
  );
  return { columns, setColumns, setWidth, reset: () => keep({}) };
}
