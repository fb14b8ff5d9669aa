import { Avatar } from '@hougu/ui';
import { chosen, type DisplayProps, type EditorProps, type FieldKind, inputProps } from '../kind';
import { CutText } from '../line';
import { LookupPicker } from '../lookup_picker';
import { asRef } from '../refs';

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  return (
    <LookupPicker
      {...inputProps(props)}
      entity="user"
      allowClear={!field.required}
      team={props.team}
      value={asRef(value)}
      onChange={onChange}
    />
  );
}

function Display({ value }: DisplayProps) {
  const ref = asRef(value);
  if (!ref) return null;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, maxWidth: '100%' }}>
      <Avatar name={ref.title} size={20} />
      <CutText text={ref.title} />
    </span>
  );
}

export const userKind: FieldKind = {
  type: 'user',
  Editor,
  Display,
  column: { width: 130 },
  operators: chosen,
};
