// A name written with finger, pen or mouse, as a PNG with a clear background.
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import Pad from 'signature_pad';
import './signature_pad.css';

interface SignaturePadProps {
  label: string;
  onDone: (signature: File) => void;
  onCancel: () => void;
  busy?: boolean;
}

export function SignaturePad({ label, onDone, onCancel, busy }: SignaturePadProps): ReactNode {
  const { t } = useText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad | null>(null);
  const [empty, setEmpty] = useState(true);

  useEffect(() => {
    const area = canvas.current;
    if (!area) return undefined;
    // Ink is dark in both schemes: it goes onto white paper.
    const made = new Pad(area, { penColor: '#101318', minWidth: 1.2, maxWidth: 3.2 });
    pad.current = made;
    made.addEventListener('endStroke', () => setEmpty(made.isEmpty()));
    const fit = () => {
      const ratio = Math.max(window.devicePixelRatio, 1);
      const strokes = made.toData();
      area.width = area.offsetWidth * ratio;
      area.height = area.offsetHeight * ratio;
      area.getContext('2d')?.scale(ratio, ratio);
      made.fromData(strokes);
    };
    fit();
    window.addEventListener('resize', fit);
    return () => {
      window.removeEventListener('resize', fit);
      made.off();
    };
  }, []);

  const clear = () => {
    pad.current?.clear();
    setEmpty(true);
  };
  const done = () => {
    canvas.current?.toBlob((blob) => {
      if (blob) onDone(new File([blob], 'signature.png', { type: 'image/png' }));
    }, 'image/png');
  };

  return (
    <div className="hougu-sign">
      <canvas ref={canvas} className="hougu-sign-area" aria-label={label} role="img" />
      <p className="hougu-sign-hint">{t('forms.signature.hint')}</p>
      <div className="hougu-sign-actions">
        <Button onClick={onCancel}>{t('ui.action.cancel')}</Button>
        <Button onClick={clear} disabled={empty}>
          {t('forms.signature.clear')}
        </Button>
        <Button type="primary" onClick={done} disabled={empty} loading={busy ?? false}>
          {t('forms.signature.done')}
        </Button>
      </div>
    </div>
  );
}
