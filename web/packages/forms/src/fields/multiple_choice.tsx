import type { FieldValue } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Select } from 'antd';
import { type DisplayProps, type EditorProps, type FieldKind, inputProps } from '../kind';
import { ChoiceTag, offered } from './single_choice';

function values(value: FieldValue): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  const { localized } = useText();
  const picked = values(value);
  return (
    <Select
      {...inputProps(props)}
      mode="multiple"
      style={{ width: '100%' }}
      value={picked}
      showSearch={{ optionFilterProp: 'label' }}
      options={offered(field, (one) => picked.includes(one)).map((choice) => ({
        value: choice.value,
        label: localized(choice.label),
      }))}
      onChange={(next: string[]) => onChange(next.length > 0 ? next : null)}
    />
  );
}

function Display({ field, value, compact }: DisplayProps) {
  return (
    <span
      className={compact ? 'hougu-cut' : undefined}
      style={{ display: 'inline-flex', flexWrap: compact ? 'nowrap' : 'wrap', gap: 4 }}
    >
      {values(value).map((one) => (
        <ChoiceTag key={one} field={field} value={one} />
      ))}
    </span>
  );
}

export const multipleChoiceKind: FieldKind = {
  type: 'multiple_choice',
  Editor,
  Display,
  column: { width: 180 },
  operators: ['contains', 'empty', 'not_empty'],
};
