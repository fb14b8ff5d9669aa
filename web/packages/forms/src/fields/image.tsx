import { PictureOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { AttachmentUpload } from '../attachment_upload';
import { asFiles } from '../files';
import { type DisplayProps, type EditorProps, type FieldKind, presence } from '../kind';
import { Pictures } from '../pictures';

function Editor({ id, field, value, onChange, disabled, describedBy }: EditorProps) {
  const { localized } = useText();
  return (
    <AttachmentUpload
      images
      {...(id && { id })}
      {...(describedBy && { describedBy })}
      label={localized(field.label)}
      maxFiles={field.max_files ?? 9}
      disabled={disabled ?? false}
      value={asFiles(value)}
      onChange={(files) => onChange(files.length > 0 ? files : null)}
    />
  );
}

function Display({ value, compact }: DisplayProps) {
  const files = asFiles(value);
  if (files.length === 0) return null;
  if (!compact) return <Pictures files={files} />;
  return (
    <span>
      <PictureOutlined aria-hidden="true" /> {files.length}
    </span>
  );
}

export const imageKind: FieldKind = {
  type: 'image',
  Editor,
  Display,
  column: { width: 90 },
  operators: presence,
  wide: true,
};
