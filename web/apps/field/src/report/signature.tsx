// The customer signs: on the whole screen, lying across where the phone can be told to.
import { SignaturePad } from '@hougu/forms/signature_pad';
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useKeptUrl } from '../photos/use_kept_file';
import { trimmed } from './trim';

type Turning = ScreenOrientation & { lock?: (to: string) => Promise<void> };

/** Whole screen and landscape where the browser allows it; iPhones do neither and still can be signed on. */
async function widen(area: HTMLElement): Promise<void> {
  try {
    await area.requestFullscreen?.();
    await (screen.orientation as Turning | undefined)?.lock?.('landscape');
  } catch {
    // the pad fills the page as it is
  }
}

function SignScreen(props: { onDone: (signature: File) => void; onCancel: () => void }): ReactNode {
  const { t } = useText();
  const area = useRef<HTMLDivElement>(null);
  const { onCancel } = props;
  useEffect(() => {
    if (area.current) void widen(area.current);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onCancel();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
    };
  }, [onCancel]);
  return createPortal(
    <div
      ref={area}
      className="sign-screen"
      role="dialog"
      aria-modal="true"
      aria-label={t('field.sign.title')}
    >
      <p className="sign-turn">{t('field.sign.turn')}</p>
      <SignaturePad label={t('field.sign.area')} onDone={props.onDone} onCancel={onCancel} />
    </div>,
    document.body,
  );
}

interface SignatureProps {
  signature: string | null;
  onSign: (signature: File | null) => Promise<void>;
}

export function Signature({ signature, onSign }: SignatureProps): ReactNode {
  const { t } = useText();
  const url = useKeptUrl(signature);
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = useRef(() => {
    setOpen(false);
    opener.current?.focus();
  }).current;
  return (
    <fieldset className="signature">
      <legend>{t('field.sign.label')}</legend>
      {url && <img src={url} alt={t('field.sign.given')} />}
      <div className="row-actions">
        <Button ref={opener} className="tall" block onClick={() => setOpen(true)}>
          {signature ? t('field.sign.again') : t('field.sign.start')}
        </Button>
        {signature && (
          <Button className="tall" onClick={() => void onSign(null)}>
            {t('field.sign.remove')}
          </Button>
        )}
      </div>
      {open && (
        <SignScreen
          onCancel={close}
          onDone={(file) => {
            close();
            void trimmed(file).then(onSign);
          }}
        />
      )}
    </fieldset>
  );
}
