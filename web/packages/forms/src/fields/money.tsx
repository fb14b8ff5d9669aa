import { formatMoney } from '@hougu/i18n';
import { asText, type DisplayProps, type EditorProps, type FieldKind, ordered } from '../kind';
import { DecimalEditor } from './number';

function Editor(props: EditorProps) {
  return <DecimalEditor {...props} prefix={formatMoney('', props.field.currency).trim()} />;
}

function Display({ field, value }: DisplayProps) {
  if (value === null || value === undefined) return null;
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums' }}>
      {formatMoney(asText(value), field.currency)}
    </span>
  );
}

export const moneyKind: FieldKind = {
  type: 'money',
  Editor,
  Display,
  column: { width: 130, align: 'right' },
  operators: ordered,
  sortable: true,
};
