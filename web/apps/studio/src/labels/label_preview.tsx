// The sheet as it will be printed, with the file to keep.
import { DownloadOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import { useText } from '@hougu/i18n';
import { LoadProblem, usePhone } from '@hougu/ui';
import { Button, Drawer, Skeleton } from 'antd';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { saveBlob } from '../parts/save_file';
import { fetchLabels, type LabelChoice, type LabelFormat, labelsUrl } from './label_queries';

interface LabelPreviewProps {
  choice: LabelChoice | null;
  format: LabelFormat;
  onClose: () => void;
}

type Sheet =
  | { at: 'busy' }
  | { at: 'problem'; text: string }
  | { at: 'ready'; file: Blob; url: string };

export function LabelPreview({ choice, format, onClose }: LabelPreviewProps): ReactNode {
  const { t } = useText();
  const phone = usePhone();
  const [sheet, setSheet] = useState<Sheet>({ at: 'busy' });
  const stop = useRef<() => void>(() => {});

  const load = useCallback(async () => {
    stop.current();
    if (!choice) return;
    const controller = new AbortController();
    stop.current = () => controller.abort();
    const url = labelsUrl(choice, format);
    setSheet({ at: 'busy' });
    try {
      // Fetched first: a refusal is then told here, and the file is there to keep.
      const file = await fetchLabels(url, controller.signal);
      setSheet({ at: 'ready', file, url });
    } catch (error) {
      if (!controller.signal.aborted) setSheet({ at: 'problem', text: errorText(error) });
    }
  }, [choice, format]);
  useEffect(() => {
    void load();
    return () => stop.current();
  }, [load]);

  return (
    <Drawer
      open={choice !== null}
      onClose={onClose}
      size={phone ? '100%' : 840}
      title={t('studio.labels.preview')}
      styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' } }}
      extra={
        <Button
          type="primary"
          icon={<DownloadOutlined />}
          disabled={sheet.at !== 'ready'}
          onClick={() =>
            sheet.at === 'ready' &&
            saveBlob(sheet.file, `${t('studio.labels.file_name')}-${format}.pdf`)
          }
        >
          {t('studio.labels.download')}
        </Button>
      }
    >
      {sheet.at === 'busy' && (
        <div className="studio-pdf-wait" role="status">
          <p className="studio-soft">{t('studio.labels.busy')}</p>
          <Skeleton.Node active style={{ width: '100%', height: 480 }} />
        </div>
      )}
      {sheet.at === 'problem' && <LoadProblem text={sheet.text} onRetry={() => void load()} />}
      {sheet.at === 'ready' && navigator.pdfViewerEnabled === false && (
        <p className="studio-pdf-wait">{t('studio.labels.no_viewer')}</p>
      )}
      {sheet.at === 'ready' && navigator.pdfViewerEnabled !== false && (
        <iframe src={sheet.url} className="studio-pdf" title={t('studio.labels.preview')} />
      )}
    </Drawer>
  );
}
