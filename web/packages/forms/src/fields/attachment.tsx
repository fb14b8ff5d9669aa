import { PaperClipOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { AttachmentUpload, FileTile } from '../attachment_upload';
import { asFiles } from '../files';
import { type DisplayProps, type EditorProps, type FieldKind, presence } from '../kind';

function Editor({ id, field, value, onChange, disabled, describedBy }: EditorProps) {
  const { localized } = useText();
  return (
    <AttachmentUpload
      {...(id && { id })}
      {...(describedBy && { describedBy })}
      {...(field.accept && { accept: String(field.accept) })}
      label={localized(field.label)}
      maxFiles={field.max_files ?? 10}
      disabled={disabled ?? false}
      value={asFiles(value)}
      onChange={(files) => onChange(files.length > 0 ? files : null)}
    />
  );
}

function Display({ value, compact }: DisplayProps) {
  const files = asFiles(value);
  if (files.length === 0) return null;
  if (compact) {
    return (
      <span title={files.map((file) => file.name).join('\n')}>
        <PaperClipOutlined aria-hidden="true" /> {files.length}
      </span>
    );
  }
  return (
    <ul className="hougu-files">
      {files.map((file) => (
        <FileTile key={file.id} file={file} />
      ))}
    </ul>
  );
}

export const attachmentKind: FieldKind = {
  type: 'attachment',
  Editor,
  Display,
  column: { width: 90 },
  operators: presence,
  wide: true,
};
