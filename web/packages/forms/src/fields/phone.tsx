import { asText, type DisplayProps, type FieldKind, textual } from '../kind';
import { lineEditor } from '../line';

function Display({ value, compact }: DisplayProps) {
  const text = asText(value);
  if (!text) return null;
  // Masked numbers can't be called.
  if (compact || text.includes('*')) return <span>{text}</span>;
  return <a href={`tel:${text.replace(/[^+\d]/g, '')}`}>{text}</a>;
}

export const phoneKind: FieldKind = {
  type: 'phone',
  Editor: lineEditor({ type: 'tel', inputMode: 'tel', maxLength: 30 }),
  Display,
  column: { width: 130 },
  operators: textual,
  sortable: true,
};
