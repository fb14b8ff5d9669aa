import { EditOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { uploadFile } from '@hougu/api/upload';
import { useText } from '@hougu/i18n';
import { Alert, Button, Modal, Space } from 'antd';
import { useState } from 'react';
import { asFile } from '../files';
import { type DisplayProps, type EditorProps, type FieldKind, presence } from '../kind';
import { SignaturePad } from '../signature_pad';

function Editor({ id, field, value, onChange, disabled, describedBy }: EditorProps) {
  const { t, localized } = useText();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const file = asFile(value);
  const label = localized(field.label);

  const send = async (signature: File) => {
    setBusy(true);
    setProblem(null);
    try {
      onChange(await uploadFile(signature));
      setOpen(false);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Space orientation="vertical">
      {file && <img className="hougu-signature" src={file.url} alt={label} />}
      <Space>
        <Button
          {...(id && { id })}
          icon={<EditOutlined />}
          disabled={disabled ?? false}
          aria-describedby={describedBy}
          onClick={() => setOpen(true)}
        >
          {file ? t('forms.signature.again') : t('forms.signature.sign')}
        </Button>
        {file && !disabled && (
          <Button onClick={() => onChange(null)}>{t('ui.action.remove')}</Button>
        )}
      </Space>
      <Modal
        open={open}
        footer={null}
        title={label}
        width={720}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        {problem && (
          <Alert type="error" role="alert" showIcon title={problem} style={{ marginBottom: 8 }} />
        )}
        <SignaturePad
          label={label}
          busy={busy}
          onDone={(f) => void send(f)}
          onCancel={() => setOpen(false)}
        />
      </Modal>
    </Space>
  );
}

function Display({ field, value, compact }: DisplayProps) {
  const { t, localized } = useText();
  const file = asFile(value);
  if (!file) return null;
  if (compact) return <span>{t('forms.signature.signed')}</span>;
  return <img className="hougu-signature" src={file.url} alt={localized(field.label)} />;
}

export const signatureKind: FieldKind = {
  type: 'signature',
  Editor,
  Display,
  column: { width: 90 },
  operators: presence,
};
