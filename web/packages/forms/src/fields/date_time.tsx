import { formatDateTime } from '@hougu/i18n';
import { RelativeTime } from '@hougu/ui';
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
  const { value, onChange } = props;
  const text = asText(value);
  return (
    <DatePicker
      {...inputProps(props)}
      style={{ width: '100%' }}
      showTime={{ format: 'HH:mm', minuteStep: 5, showNow: true }}
      format="YYYY-MM-DD HH:mm"
      value={text ? dayjs(text) : null}
      onChange={(next) => onChange(next ? next.second(0).millisecond(0).toISOString() : null)}
    />
  );
}

function Display({ value, compact }: DisplayProps) {
  const text = asText(value);
  if (!text) return null;
  return compact ? <RelativeTime at={text} /> : <time dateTime={text}>{formatDateTime(text)}</time>;
}

export const dateTimeKind: FieldKind = {
  type: 'date_time',
  Editor,
  Display,
  column: { width: 140 },
  operators: ordered,
  sortable: true,
};
