import { hasText, text } from '@hougu/i18n';

/** "month", "minute" … in the language in use; other units as they were written. */
export function unitText(unit: string | undefined): string {
  if (!unit) return '';
  const key = `forms.unit.${unit}`;
  return hasText(key) ? text(key) : unit;
}
