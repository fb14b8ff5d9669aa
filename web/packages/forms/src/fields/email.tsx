import { asText, type DisplayProps, type FieldKind, textual } from '../kind';
import { CutText, lineEditor } from '../line';

function Display({ value, compact }: DisplayProps) {
  const text = asText(value);
  if (!text) return null;
  return compact || text.includes('*') ? (
    <CutText text={text} />
  ) : (
    <a href={`mailto:${encodeURIComponent(text).replace('%40', '@')}`}>{text}</a>
  );
}

export const emailKind: FieldKind = {
  type: 'email',
  Editor: lineEditor({ type: 'email', inputMode: 'email', maxLength: 254 }),
  Display,
  column: { width: 180 },
  operators: textual,
  sortable: true,
};
