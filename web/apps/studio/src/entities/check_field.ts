// What can be said about a field before the server is asked. Keys of texts: studio.fault.<key>.
import type { Field } from '@hougu/api/types';
import { namePattern } from '../parts/names';
import { typeSettings } from './type_settings';

/** Place within the field → key of the complaint. */
export type Faults = Record<string, string>;

const reserved = [
  'id',
  'version',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'deleted_at',
];
const choicePattern = /^[a-zA-Z0-9_.-]{1,40}$/;

function checkChoices(field: Field, faults: Faults): void {
  const choices = field.choices ?? [];
  if (choices.length === 0) faults.choices = 'choices_missing';
  const seen = new Set<string>();
  choices.forEach((choice, i) => {
    if (!choice.label['zh-CN']?.trim()) faults[`choices[${i}].label`] = 'label_missing';
    if (!choicePattern.test(choice.value)) faults[`choices[${i}].value`] = 'choice_value';
    else if (seen.has(choice.value)) faults[`choices[${i}].value`] = 'repeated';
    seen.add(choice.value);
  });
}

/** `others`: names of the other fields beside it. */
export function checkField(field: Field, others: readonly string[]): Faults {
  const faults: Faults = {};
  if (!field.label['zh-CN']?.trim()) faults.label = 'label_missing';
  if (!namePattern.test(field.name)) faults.name = 'name_form';
  else if (reserved.includes(field.name)) faults.name = 'name_reserved';
  else if (others.includes(field.name)) faults.name = 'repeated';
  for (const setting of typeSettings[field.type]) {
    const value = field[setting.name];
    if (setting.kind === 'choices') checkChoices(field, faults);
    else if (setting.kind === 'fields') {
      if (!field.fields || field.fields.length === 0) faults.fields = 'fields_missing';
    } else if (setting.required && (value === undefined || value === ''))
      faults[setting.name] = 'missing';
  }
  const low = Number(field.min);
  const high = Number(field.max);
  if (field.min !== undefined && field.max !== undefined && low > high)
    faults.max = 'max_below_min';
  if ((field.min_length ?? 0) > (field.max_length ?? Number.POSITIVE_INFINITY))
    faults.max_length = 'max_below_min';
  if ((field.min_rows ?? 0) > (field.max_rows ?? Number.POSITIVE_INFINITY))
    faults.max_rows = 'max_below_min';
  if (field.type === 'auto_number' && field.pattern && !numberExample(field.pattern, new Date()))
    faults.pattern = 'number_pattern';
  return faults;
}

/** What the first number of a pattern would be; null when the pattern is wrong. */
export function numberExample(pattern: string, at: Date): string | null {
  const two = (n: number) => String(n).padStart(2, '0');
  let sequences = 0;
  let wrong = false;
  const text = pattern.replace(/\{([^{}]*)\}/g, (_, word: string) => {
    const sequence = /^seq(?::(\d{1,2}))?$/.exec(word);
    if (sequence) {
      sequences += 1;
      const digits = Number(sequence[1] ?? 1);
      if (digits < 1 || digits > 12) wrong = true;
      return '1'.padStart(digits, '0');
    }
    if (word === 'yyyy') return String(at.getFullYear());
    if (word === 'yy') return two(at.getFullYear() % 100);
    if (word === 'MM') return two(at.getMonth() + 1);
    if (word === 'dd') return two(at.getDate());
    wrong = true;
    return '';
  });
  return wrong || sequences !== 1 || /[{}]/.test(text) || pattern.length > 60 ? null : text;
}
