import type { Choice, Field } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { StatusTag } from '@hougu/ui';
import { Select } from 'antd';
import {
  asText,
  chosen,
  type DisplayProps,
  type EditorProps,
  type FieldKind,
  inputProps,
} from '../kind';

/** Choices to offer: archived ones only where the record has them already. */
export function offered(field: Field, has: (value: string) => boolean): Choice[] {
  return (field.choices ?? []).filter((choice) => !choice.archived || has(choice.value));
}

export function ChoiceTag({ field, value }: { field: Field; value: string }) {
  const { localized } = useText();
  const choice = field.choices?.find((one) => one.value === value);
  const label = choice ? localized(choice.label) : value;
  if (!choice?.color) return <span>{label}</span>;
  return <StatusTag color={choice.color}>{label}</StatusTag>;
}

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  const { localized } = useText();
  const text = asText(value);
  return (
    <Select
      {...inputProps(props)}
      style={{ width: '100%' }}
      allowClear={!field.required}
      showSearch={{ optionFilterProp: 'label' }}
      value={text || null}
      options={offered(field, (one) => one === text).map((choice) => ({
        value: choice.value,
        label: localized(choice.label),
      }))}
      optionRender={(option) => <ChoiceTag field={field} value={String(option.value)} />}
      onChange={(next) => onChange(next ?? null)}
    />
  );
}

function Display({ field, value }: DisplayProps) {
  const text = asText(value);
  return text ? <ChoiceTag field={field} value={text} /> : null;
}

export const singleChoiceKind: FieldKind = {
  type: 'single_choice',
  Editor,
  Display,
  column: { width: 110 },
  operators: chosen,
  sortable: true,
};
