import { useText } from '@hougu/i18n';
import { Input } from 'antd';
import { asText, type DisplayProps, type EditorProps, type FieldKind, textual } from '../kind';

function Editor({ id, value }: EditorProps) {
  const { t } = useText();
  return (
    <Input
      {...(id && { id })}
      disabled
      value={asText(value)}
      placeholder={t('forms.auto_number')}
    />
  );
}

function Display({ value }: DisplayProps) {
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {asText(value)}
    </span>
  );
}

export const autoNumberKind: FieldKind = {
  type: 'auto_number',
  Editor,
  Display,
  column: { width: 150 },
  operators: textual,
  sortable: true,
};
