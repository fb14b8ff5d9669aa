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
      type="email"
      inputMode="email"
      autoComplete="off"
      maxLength={254}
      value={asText(value)}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}

function Display({ value, compact }: DisplayProps) {
  const text = asText(value);
  if (!text) return null;
  return compact || text.includes('*') ? (
    <span className="hougu-cut" title={text}>
      {text}
    </span>
  ) : (
    <a href={`mailto:${encodeURIComponent(text).replace('%40', '@')}`}>{text}</a>
  );
}

export const emailKind: FieldKind = {
  type: 'email',
  Editor,
  Display,
  column: { width: 180 },
  operators: textual,
  sortable: true,
};
