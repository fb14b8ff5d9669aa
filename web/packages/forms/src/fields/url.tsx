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
  const { value, onChange } = props;
  return (
    <Input
      {...inputProps(props)}
      type="url"
      inputMode="url"
      placeholder="https://"
      value={asText(value)}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}

function Display({ value, compact }: DisplayProps) {
  const text = asText(value);
  if (!text) return null;
  const safe = /^https?:\/\//i.test(text);
  return safe && !compact ? (
    <a href={text} target="_blank" rel="noopener noreferrer" style={{ overflowWrap: 'anywhere' }}>
      {text}
    </a>
  ) : (
    <span className="hougu-cut" title={text}>
      {text}
    </span>
  );
}

export const urlKind: FieldKind = {
  type: 'url',
  Editor,
  Display,
  column: { width: 180 },
  operators: textual,
};
