import { Fragment } from 'react';
import { type DisplayProps, type EditorProps, type FieldKind, inputProps } from '../kind';
import { LookupMany } from '../lookup_picker';
import { RecordLink } from '../record_link';
import { asRefs } from '../refs';

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  return (
    <LookupMany
      {...inputProps(props)}
      entity={field.entity ?? ''}
      value={asRefs(value)}
      onChange={onChange}
    />
  );
}

function Display({ field, value, compact }: DisplayProps) {
  const refs = asRefs(value);
  return (
    <span className={compact ? 'hougu-cut' : undefined}>
      {refs.map((ref, index) => (
        <Fragment key={ref.id}>
          {index > 0 && ' · '}
          <RecordLink entity={field.entity ?? ''} to={ref} compact={compact ?? false} />
        </Fragment>
      ))}
    </span>
  );
}

export const relationManyKind: FieldKind = {
  type: 'relation_many',
  Editor,
  Display,
  column: { width: 200 },
  operators: ['contains', 'empty', 'not_empty'],
};
