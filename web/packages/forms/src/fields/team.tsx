import { chosen, type DisplayProps, type EditorProps, type FieldKind, inputProps } from '../kind';
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
  return ref ? (
    <span className="hougu-cut" title={ref.title}>
      {ref.title}
    </span>
  ) : null;
}

export const teamKind: FieldKind = {
  type: 'team',
  Editor,
  Display,
  column: { width: 130 },
  operators: chosen,
};
