import { chosen, type DisplayProps, type EditorProps, type FieldKind, inputProps } from '../kind';
import { CutText } from '../line';
import { LookupPicker } from '../lookup_picker';
import { asRef } from '../refs';

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  return (
    <LookupPicker
      {...inputProps(props)}
      entity="team"
      allowClear={!field.required}
      value={asRef(value)}
      onChange={onChange}
    />
  );
}

function Display({ value }: DisplayProps) {
  const ref = asRef(value);
  return ref ? <CutText text={ref.title} /> : null;
}

export const teamKind: FieldKind = {
  type: 'team',
  Editor,
  Display,
  column: { width: 130 },
  operators: chosen,
};
