import { formatNumber } from '@hougu/i18n';
import { InputNumber } from 'antd';
import { type DisplayProps, type EditorProps, type FieldKind, inputProps, ordered } from '../kind';
import { unitText } from '../unit_text';

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  return (
    <InputNumber<number>
      {...inputProps(props)}
      style={{ width: '100%' }}
      suffix={unitText(field.unit) || undefined}
      precision={0}
      min={field.min === undefined ? undefined : Number(field.min)}
      max={field.max === undefined ? undefined : Number(field.max)}
      changeOnWheel={false}
      inputMode="numeric"
      value={typeof value === 'number' ? value : null}
      onChange={onChange}
    />
  );
}

function Display({ field, value }: DisplayProps) {
  if (typeof value !== 'number') return null;
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums' }}>
      {formatNumber(value)} {unitText(field.unit)}
    </span>
  );
}

export const integerKind: FieldKind = {
  type: 'integer',
  Editor,
  Display,
  column: { width: 110, align: 'right' },
  operators: ordered,
  sortable: true,
};
