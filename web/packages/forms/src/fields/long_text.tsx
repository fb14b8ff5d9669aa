import { Input } from 'antd';
import {
  asText,
  type DisplayProps,
  type EditorProps,
  type FieldKind,
  inputProps,
  textual,
} from '../kind';

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  return (
    <Input.TextArea
      {...inputProps(props)}
      value={asText(value)}
      maxLength={field.max_length ?? 20_000}
      autoSize={{ minRows: 3, maxRows: 12 }}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}

function Display({ value, compact }: DisplayProps) {
  const text = asText(value);
  return compact ? (
    <span className="hougu-cut" title={text}>
      {text.replace(/\s+/g, ' ')}
    </span>
  ) : (
    <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</span>
  );
}

export const longTextKind: FieldKind = {
  type: 'long_text',
  Editor,
  Display,
  column: { width: 260 },
  operators: textual,
  wide: true,
};
