// The logo: a picture sent up at once, kept with the settings when they are saved.
import { UploadOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { uploadFile } from '@hougu/api/upload';
import { useText } from '@hougu/i18n';
import { Button, Progress, Upload } from 'antd';
import { type ReactNode, useState } from 'react';

interface LogoUploadProps {
  id?: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
  saved: string | null;
  savedUrl: string | null;
}

const largest = 5 * 1024 * 1024;

export function LogoUpload({ id, value, onChange, saved, savedUrl }: LogoUploadProps): ReactNode {
  const { t } = useText();
  const [fresh, setFresh] = useState<{ id: string; url: string } | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const url = !value ? null : value === fresh?.id ? fresh.url : value === saved ? savedUrl : null;

  const send = async (file: File) => {
    setProblem(null);
    if (!/^image\/(png|jpeg|webp|gif)$/.test(file.type)) {
      setProblem(t('studio.settings.logo_type'));
      return;
    }
    if (file.size > largest) {
      setProblem(t('studio.settings.logo_size'));
      return;
    }
    setShare(0);
    try {
      const sent = await uploadFile(file, { onProgress: setShare });
      setFresh({ id: sent.id, url: sent.url });
      onChange?.(sent.id);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setShare(null);
    }
  };
  return (
    <div>
      <div className="studio-logo">
        {url ? (
          <img src={url} alt={t('studio.settings.logo')} />
        ) : (
          <span className="studio-soft">{t('studio.settings.no_logo')}</span>
        )}
      </div>
      {share !== null && (
        <Progress percent={Math.round(share * 100)} aria-label={t('studio.import.uploading')} />
      )}
      <div className="studio-actions">
        <Upload
          accept="image/png,image/jpeg,image/webp,image/gif"
          showUploadList={false}
          beforeUpload={(file) => {
            void send(file);
            return false; // we send it ourselves
          }}
        >
          <Button {...(id && { id })} icon={<UploadOutlined />}>
            {t(value ? 'studio.settings.logo_change' : 'studio.settings.logo_choose')}
          </Button>
        </Upload>
        {value && (
          <Button type="text" onClick={() => onChange?.(null)}>
            {t('ui.action.remove')}
          </Button>
        )}
      </div>
      {problem && (
        <p className="studio-wrong" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
