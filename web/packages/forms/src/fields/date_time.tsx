import { formatDateTime, formatWindow } from '@hougu/i18n';
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

const isThisYear = (at: string) => new Date(at).getFullYear() === new Date().getFullYear();
const noted: ReadonlySet<string> = new Set(['created_at', 'updated_at']);

function Display({ field, value, compact }: DisplayProps) {
  const text = asText(value);
  if (!text) return null;
  // What the system noted is told by its age; what people planned or reported needs its hour.
  if (compact && noted.has(field.name)) return <RelativeTime at={text} />;
  return (
    <time dateTime={text} title={formatDateTime(text)}>
      {compact && isThisYear(text) ? formatWindow(text, null) : formatDateTime(text)}
    </time>
  );
}

export const dateTimeKind: FieldKind = {
  type: 'date_time',
  Editor,
  Display,
  column: { width: 156 },
  operators: ordered,
  sortable: true,
};
