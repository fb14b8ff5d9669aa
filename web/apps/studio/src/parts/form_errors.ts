// Puts the server's complaints beside the fields they are about.
import { ApiError, errorText } from '@hougu/api/client';
import type { FormInstance } from 'antd';

/** "portal.phone" and "scopes[2]" as the name of a form's field. */
export function fieldPath(field: string): (string | number)[] {
  return field
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/**
 * Marks the fields of the form; answers a sentence for what belongs to none of them, or null when
 * everything found its place.
 */
export function placeErrors(form: FormInstance, error: unknown): string | null {
  if (!(error instanceof ApiError) || error.fields.length === 0) return errorText(error);
  const names = form.getFieldsError().map((entry) => entry.name.map(String));
  const left: string[] = [];
  let first: (string | number)[] | null = null;
  for (const fault of error.fields) {
    const path = fieldPath(fault.field).map(String);
    // A complaint about a part of a field (an address' code) is shown at the field.
    const name = names
      .filter((known) => known.every((part, i) => path[i] === part))
      .sort((a, b) => b.length - a.length)[0];
    if (!name) {
      left.push(fault.message);
      continue;
    }
    form.setFields([{ name, errors: [fault.message] }]);
    first ??= name;
  }
  if (first) form.scrollToField(first, { focus: true });
  return left.length > 0 ? left.join(' ') : null;
}
