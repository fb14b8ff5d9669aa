// Which column of a table goes into which field: guesses, and what is still wrong with a choice.

export interface ImportColumn {
  header: string;
  samples: string[];
  /** The server's guess. */
  field: string | null;
}

export interface ImportField {
  name: string;
  label: string;
  type: string;
  required: boolean;
}

/** Field by column index; null leaves a column out. */
export type Mapping = (string | null)[];
export type Mode = 'add' | 'update' | 'both';

/** "客户 姓名 (必填)" and "客户姓名" are the same header. */
export function plainHeader(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【].*?[)）\]】]/g, '')
    .replace(/[\s*:_\-./]+/g, '');
}

/**
 * The server's guesses where it had one, else the field whose label or name reads like the header;
 * then one that begins so ("联系电话1" → 联系电话). No field twice.
 */
export function guessMapping(
  columns: readonly ImportColumn[],
  fields: readonly ImportField[],
): Mapping {
  const used = new Set<string>();
  const mapping: Mapping = columns.map(({ field }) => {
    if (!field || used.has(field) || !fields.some((one) => one.name === field)) return null;
    used.add(field);
    return field;
  });
  const fits: ((header: string, field: ImportField) => boolean)[] = [
    (header, field) => header === plainHeader(field.label) || header === plainHeader(field.name),
    (header, field) => {
      const label = plainHeader(field.label);
      return label.length >= 2 && (header.startsWith(label) || label.startsWith(header));
    },
  ];
  for (const fit of fits) {
    columns.forEach((column, i) => {
      const header = plainHeader(column.header);
      if (mapping[i] || header.length < 2) return;
      const found = fields.find((field) => !used.has(field.name) && fit(header, field));
      if (!found) return;
      used.add(found.name);
      mapping[i] = found.name;
    });
  }
  return mapping;
}

/** Fields that would tell rows apart, of those that are mapped: the likeliest first. */
export function likelyKeys(
  mapping: Mapping,
  fields: readonly ImportField[],
  uniqueGroups: readonly (readonly string[])[],
): string[] {
  const mapped = new Set(mapping.filter((name) => name !== null));
  const whole = uniqueGroups.find(
    (group) => group.length > 0 && group.every((name) => mapped.has(name)),
  );
  if (whole) return [...whole];
  const typed = ['serial', 'phone', 'email']
    .map((type) => fields.find((field) => field.type === type && mapped.has(field.name)))
    .find((field) => field !== undefined);
  return typed ? [typed.name] : [];
}

export interface MappingProblems {
  /** Nothing is mapped at all. */
  empty: boolean;
  /** Fields that more than one column wants. */
  twice: string[];
  /** Required fields that no column fills (when records are made). */
  missing: ImportField[];
  /** Rows are to be found again, but by nothing. */
  noKeys: boolean;
  /** Keys that no column fills. */
  keysNotMapped: string[];
}

export function checkMapping(
  mapping: Mapping,
  fields: readonly ImportField[],
  mode: Mode,
  keys: readonly string[],
): MappingProblems {
  const mapped = mapping.filter((name) => name !== null);
  return {
    empty: mapped.length === 0,
    twice: [...new Set(mapped.filter((name, i) => mapped.indexOf(name) !== i))],
    missing:
      mode === 'update'
        ? []
        : fields.filter((field) => field.required && !mapped.includes(field.name)),
    noKeys: mode !== 'add' && keys.length === 0,
    keysNotMapped: mode === 'add' ? [] : keys.filter((key) => !mapped.includes(key)),
  };
}

export function mayStart(problems: MappingProblems): boolean {
  return (
    !problems.empty &&
    problems.twice.length === 0 &&
    problems.missing.length === 0 &&
    !problems.noKeys &&
    problems.keysNotMapped.length === 0
  );
}

/** As POST /import/{id}/start takes it. */
export function mappingBody(mapping: Mapping): Record<string, string> {
  return Object.fromEntries(
    mapping.flatMap((field, i) => (field ? [[String(i), field] as const] : [])),
  );
}

/** An empty table with the right headers, to be filled in a spreadsheet. BOM: Excel reads UTF-8. */
export function templateCsv(labels: readonly string[]): string {
  const quoted = labels.map((label) =>
    /[",\r\n]/.test(label) ? `"${label.replaceAll('"', '""')}"` : label,
  );
  return `\uFEFF${quoted.join(',')}\r\n`;
}
