import { asText, type DisplayProps, type FieldKind, textual } from '../kind';
import { CutText, lineEditor } from '../line';

function Display({ value, compact }: DisplayProps) {
  const text = asText(value);
  if (!text) return null;
  const safe = /^https?:\/\//i.test(text);
  return safe && !compact ? (
    <a href={text} target="_blank" rel="noopener noreferrer" style={{ overflowWrap: 'anywhere' }}>
      {text}
    </a>
  ) : (
    <CutText text={text} />
  );
}

export const urlKind: FieldKind = {
  type: 'url',
  Editor: lineEditor({ type: 'url', inputMode: 'url', placeholder: 'https://' }),
  Display,
  column: { width: 180 },
  operators: textual,
};
