import { formatDate } from '@hougu/i18n';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import {
  asText,
  type DisplayProps,
  type EditorProps,
  type FieldKind,
  inputProps,
  ordered,
} from '../kind';

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  const text = asText(value);
  const { min, max } = field;
  return (
    <DatePicker
      {...inputProps(props)}
      style={{ width: '100%' }}
      value={text ? dayjs(text, 'YYYY-MM-DD') : null}
      minDate={min ? dayjs(String(min)) : undefined}
      maxDate={max ? dayjs(String(max)) : undefined}
      onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : null)}
    />
  );
}

function Display({ value }: DisplayProps) {
  const text = asText(value);
  return text ? <time dateTime={text}>{formatDate(text)}</time> : null;
}

export const dateKind: FieldKind = {
  type: 'date',
  Editor,
  Display,
  column: { width: 120 },
  operators: ordered,
  sortable: true,
};
