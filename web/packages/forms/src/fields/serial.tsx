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
  const fold = field.fold ?? true;
  return (
    <Input
      {...inputProps(props)}
      style={{ fontFamily: 'var(--hougu-mono)' }}
      autoCapitalize={fold ? 'characters' : 'none'}
      autoComplete="off"
      spellCheck={false}
      maxLength={field.max_length ?? 64}
      value={asText(value)}
      onChange={(event) => onChange(event.target.value || null)}
      onBlur={() => {
        // As the server will keep it, so that what is seen is what is saved.
        const text = asText(value).trim();
        const folded = fold ? text.normalize('NFKC').toUpperCase() : text;
        if (folded !== asText(value)) onChange(folded || null);
      }}
    />
  );
}

function Display({ value, compact }: DisplayProps) {
  const text = asText(value);
  const fontFamily = 'var(--hougu-mono)';
  return compact ? (
    <span className="hougu-cut" title={text} style={{ fontFamily }}>
      {text}
    </span>
  ) : (
    <span style={{ fontFamily, overflowWrap: 'anywhere' }}>{text}</span>
  );
}

export const serialKind: FieldKind = {
  type: 'serial',
  Editor,
  Display,
  column: { width: 170 },
  operators: textual,
  sortable: true,
};
