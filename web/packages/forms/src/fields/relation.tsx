import { chosen, type DisplayProps, type EditorProps, type FieldKind, inputProps } from '../kind';
import { LookupPicker } from '../lookup_picker';
import { RecordLink } from '../record_link';
import { asRef } from '../refs';

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  return (
    <LookupPicker
      {...inputProps(props)}
      entity={field.entity ?? ''}
      allowClear={!field.required}
      value={asRef(value)}
      onChange={onChange}
    />
  );
}

function Display({ field, value, compact }: DisplayProps) {
  const ref = asRef(value);
  return ref ? (
    <RecordLink entity={field.entity ?? ''} to={ref} compact={compact ?? false} />
  ) : null;
}

export const relationKind: FieldKind = {
  type: 'relation',
  Editor,
  Display,
  column: { width: 180 },
  operators: chosen,
};
