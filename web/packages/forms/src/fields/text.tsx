import { Input } from 'antd';
import {
  asText,
  type DisplayProps,
  type EditorProps,
  type FieldKind,
  inputProps,
  textual,
} from '../kind';
import { CutText } from '../line';

export function TextEditor(props: EditorProps) {
  const { field, value, onChange } = props;
  return (
    <Input
      {...inputProps(props)}
      value={asText(value)}
      maxLength={field.max_length ?? 200}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}

export function TextDisplay({ value, compact }: DisplayProps) {
  const text = asText(value);
  return compact ? (
    <CutText text={text} />
  ) : (
    <span style={{ overflowWrap: 'anywhere' }}>{text}</span>
  );
}

export const textKind: FieldKind = {
  type: 'text',
  Editor: TextEditor,
  Display: TextDisplay,
  column: { width: 180 },
  operators: textual,
  sortable: true,
};
