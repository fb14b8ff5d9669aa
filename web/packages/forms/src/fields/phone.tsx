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
      type="tel"
      inputMode="tel"
      autoComplete="off"
      maxLength={30}
      value={asText(value)}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}

function Display({ value, compact }: DisplayProps) {
  const text = asText(value);
  if (!text) return null;
  // Masked numbers can't be called.
  if (compact || text.includes('*')) return <span>{text}</span>;
  return <a href={`tel:${text.replace(/[^+\d]/g, '')}`}>{text}</a>;
}

export const phoneKind: FieldKind = {
  type: 'phone',
  Editor,
  Display,
  column: { width: 130 },
  operators: textual,
  sortable: true,
};
