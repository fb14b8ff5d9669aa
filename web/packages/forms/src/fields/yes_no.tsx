import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { Segmented } from 'antd';
import type { DisplayProps, EditorProps, FieldKind } from '../kind';

function Editor({ id, value, onChange, disabled, field, describedBy }: EditorProps) {
  const { t, localized } = useText();
  // Three states: a question nobody answered yet is not a "no".
  const options = [
    { value: 'yes', label: t('forms.yes') },
    { value: 'no', label: t('forms.no') },
    ...(field.required ? [] : [{ value: 'none', label: t('forms.unknown') }]),
  ];
  return (
    <div id={id} role="group" aria-label={localized(field.label)} aria-describedby={describedBy}>
      <Segmented
        disabled={disabled ?? false}
        options={options}
        value={value === true ? 'yes' : value === false ? 'no' : 'none'}
        onChange={(next) => onChange(next === 'yes' ? true : next === 'no' ? false : null)}
      />
    </div>
  );
}

function Display({ value }: DisplayProps) {
  const { t } = useText();
  if (typeof value !== 'boolean') return null;
  return (
    <span>
      {value ? (
        <CheckOutlined aria-hidden="true" style={{ color: 'var(--hougu-green)' }} />
      ) : (
        <CloseOutlined aria-hidden="true" style={{ color: 'var(--hougu-text-soft)' }} />
      )}{' '}
      {value ? t('forms.yes') : t('forms.no')}
    </span>
  );
}

export const yesNoKind: FieldKind = {
  type: 'yes_no',
  Editor,
  Display,
  column: { width: 90 },
  operators: ['eq', 'ne', 'empty', 'not_empty'],
  sortable: true,
};
