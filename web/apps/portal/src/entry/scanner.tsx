// Reads a device's QR code with the phone's camera where the browser has a reader for it (most of
// Android); elsewhere the phone's own camera or WeChat opens the code's address.
import { useEffect, useRef, useState } from 'react';
import { pathOfCode } from '../app/route';
import { navigate } from '../app/router';
import { Sheet } from '../parts/sheet';
import { useText } from '../text/text';

interface Found {
  rawValue: string;
}
interface Reader {
  detect: (source: HTMLVideoElement) => Promise<Found[]>;
}
type ReaderClass = new (options: { formats: string[] }) => Reader;

function readerClass(): ReaderClass | undefined {
  return (window as { BarcodeDetector?: ReaderClass }).BarcodeDetector;
}

export const canScan = () => readerClass() !== undefined && navigator.mediaDevices !== undefined;

type State = 'starting' | 'looking' | 'refused' | 'foreign';

export function Scanner({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<State>('starting');

  useEffect(() => {
    let live = true;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const Reading = readerClass();
    const look = async (reader: Reader) => {
      if (!live || !video.current) return;
      const codes = await reader.detect(video.current).catch(() => []);
      if (!live) return;
      for (const code of codes) {
        const path = pathOfCode(code.rawValue);
        if (path) {
          navigate(path);
          return;
        }
      }
      if (codes.length > 0) setState('foreign');
      timer = setTimeout(() => void look(reader), 200);
    };
    const start = async () => {
      if (!Reading) return setState('refused');
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment' },
        });
      } catch {
        if (live) setState('refused');
        return;
      }
      if (!live || !video.current) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      video.current.srcObject = stream;
      await video.current.play().catch(() => undefined);
      setState('looking');
      void look(new Reading({ formats: ['qr_code'] }));
    };
    void start();
    return () => {
      live = false;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);

  return (
    <Sheet title={t('portal.scan.title')} onClose={onClose} tall>
      {state === 'refused' ? (
        <p className="notice notice-bad">{t('portal.scan.refused')}</p>
      ) : (
        <>
          <video
            ref={video}
            className="scanner"
            playsInline
            muted
            aria-label={t('portal.scan.picture')}
          />
          <p role="status" className="scan-hint">
            {state === 'foreign' ? t('portal.scan.foreign') : t('portal.scan.aim')}
          </p>
        </>
      )}
      <button
        type="button"
        className="button"
        onClick={() => {
          onClose();
          navigate('/report');
        }}
      >
        {t('portal.scan.without')}
      </button>
    </Sheet>
  );
}
