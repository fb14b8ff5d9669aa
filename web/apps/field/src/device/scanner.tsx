// The camera as a reader of QR and bar codes, where the browser has one (Chrome on Android).
import { useText } from '@hougu/i18n';
import { Alert } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Reader {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}
type ReaderClass = new (options: { formats: string[] }) => Reader;

const readerClass = () => (window as { BarcodeDetector?: ReaderClass }).BarcodeDetector;
export const canScan = (): boolean =>
  readerClass() !== undefined && navigator.mediaDevices !== undefined;

const formats = ['qr_code', 'code_128', 'code_39', 'ean_13', 'data_matrix'];
const everyMs = 200;

/** Calls back with each code it sees; the caller stops it by taking it off the page. */
export function Scanner({ onCode }: { onCode: (text: string) => void }): ReactNode {
  const { t } = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  const told = useRef(onCode);
  told.current = onCode;

  useEffect(() => {
    let live = true;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (reader: Reader) => {
      if (!live || !video.current) return;
      const codes = await reader.detect(video.current).catch(() => []);
      if (!live) return;
      for (const { rawValue } of codes) told.current(rawValue);
      timer = setTimeout(() => void look(reader), everyMs);
    };
    const start = async () => {
      const Reading = readerClass();
      if (!Reading) return setRefused(true);
      stream = await navigator.mediaDevices
        .getUserMedia({ video: { facingMode: 'environment' } })
        .catch(() => null);
      if (!live || !stream || !video.current) {
        for (const track of stream?.getTracks() ?? []) track.stop();
        if (live) setRefused(true);
        return;
      }
      video.current.srcObject = stream;
      await video.current.play().catch(() => {});
      void look(new Reading({ formats }));
    };
    void start();
    return () => {
      live = false;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);

  if (refused)
    return <Alert type="warning" role="alert" showIcon title={t('field.find.no_camera')} />;
  return (
    <>
      <video
        ref={video}
        className="scanner"
        playsInline
        muted
        aria-label={t('field.find.camera')}
      />
      <p className="soft">{t('field.find.aim')}</p>
    </>
  );
}
