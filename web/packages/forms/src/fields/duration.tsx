import { formatDuration, useText } from '@hougu/i18n';
import { InputNumber, Space } from 'antd';
import { type DisplayProps, type EditorProps, type FieldKind, inputProps, ordered } from '../kind';

function Editor(props: EditorProps) {
  const { value, onChange, field } = props;
  const { t, localized } = useText();
  const seconds = typeof value === 'number' ? value : null;
  const hours = seconds === null ? null : Math.floor(seconds / 3600);
  const minutes = seconds === null ? null : Math.round((seconds % 3600) / 60);
  const put = (h: number | null, m: number | null) =>
    onChange(h === null && m === null ? null : (h ?? 0) * 3600 + (m ?? 0) * 60);
  const shared = inputProps(props);
  return (
    <Space.Compact block>
      <InputNumber
        {...shared}
        style={{ width: '50%' }}
        aria-label={`${localized(field.label)} ${t('forms.unit.hour')}`}
        min={0}
        precision={0}
        suffix={t('forms.unit.hour')}
        value={hours}
        onChange={(next) => put(next, minutes)}
      />
      <InputNumber
        disabled={shared.disabled}
        status={shared.status}
        style={{ width: '50%' }}
        aria-label={`${localized(field.label)} ${t('forms.unit.minute')}`}
        min={0}
        max={59}
        precision={0}
        suffix={t('forms.unit.minute')}
        value={minutes}
        onChange={(next) => put(hours, next)}
      />
    </Space.Compact>
  );
}

function Display({ value }: DisplayProps) {
  return typeof value === 'number' ? <span>{formatDuration(value)}</span> : null;
}

export const durationKind: FieldKind = {
  type: 'duration',
  Editor,
  Display,
  column: { width: 120, align: 'right' },
  operators: ordered,
  sortable: true,
};
