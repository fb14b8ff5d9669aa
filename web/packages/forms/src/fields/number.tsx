import { formatNumber } from '@hougu/i18n';
import { InputNumber } from 'antd';
import {
  asText,
  type DisplayProps,
  type EditorProps,
  type FieldKind,
  inputProps,
  ordered,
} from '../kind';
import { unitText } from '../unit_text';

/** Decimals stay strings all the way: no digit is lost. */
export function DecimalEditor(props: EditorProps & { prefix?: string }) {
  const { field, value, onChange, prefix } = props;
  return (
    <InputNumber<string>
      {...inputProps(props)}
      stringMode
      style={{ width: '100%' }}
      prefix={prefix}
      suffix={unitText(field.unit) || undefined}
      precision={field.scale ?? 2}
      min={field.min === undefined ? undefined : String(field.min)}
      max={field.max === undefined ? undefined : String(field.max)}
      changeOnWheel={false}
      controls={false}
      inputMode="decimal"
      value={asText(value) || null}
      onChange={(next) => onChange(next === null || next === '' ? null : String(next))}
    />
  );
}

function Display({ field, value }: DisplayProps) {
  if (value === null || value === undefined) return null;
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums' }}>
      {formatNumber(asText(value))} {unitText(field.unit)}
    </span>
  );
}

export const numberKind: FieldKind = {
  type: 'number',
  Editor: DecimalEditor,
  Display,
  column: { width: 120, align: 'right' },
  operators: ordered,
  sortable: true,
};
