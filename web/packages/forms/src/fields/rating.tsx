import { StarFilled } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { Rate } from 'antd';
import { type DisplayProps, type EditorProps, type FieldKind, ordered } from '../kind';

function Editor({ id, field, value, onChange, disabled, describedBy }: EditorProps) {
  const { localized } = useText();
  return (
    <div id={id} role="group" aria-label={localized(field.label)} aria-describedby={describedBy}>
      <Rate
        count={Number(field.max ?? 5)}
        disabled={disabled ?? false}
        value={typeof value === 'number' ? value : 0}
        onChange={(next) => onChange(next || null)}
      />
    </div>
  );
}

function Display({ field, value }: DisplayProps) {
  const { t } = useText();
  if (typeof value !== 'number') return null;
  const max = Number(field.max ?? 5);
  return (
    <span title={t('forms.rating', { value, max })} style={{ whiteSpace: 'nowrap' }}>
      <StarFilled aria-hidden="true" style={{ color: 'var(--hougu-gold)' }} /> {value}/{max}
    </span>
  );
}

export const ratingKind: FieldKind = {
  type: 'rating',
  Editor,
  Display,
  column: { width: 100, align: 'right' },
  operators: ordered,
  sortable: true,
};
