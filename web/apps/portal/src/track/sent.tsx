// Right after sending: the number, what happens next and when, and how to come back.
import { useState } from 'react';
import { sentReports } from '../entry/recent';
import { DoneIcon, LinkIcon } from '../parts/icons';
import { useText } from '../text/text';

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // plain http and older WeChat: the way of before
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.className = 'visually-hidden';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

const inWeChat = () => /MicroMessenger/i.test(navigator.userAgent);

export function SentCard({
  number,
  path,
  onClose,
}: {
  number: string;
  path: string;
  onClose: () => void;
}) {
  const { t } = useText();
  const [message] = useState(() => sentReports().find((sent) => sent.path === path)?.message ?? '');
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <section className="card sent" aria-labelledby="sent">
      <span className="sent-mark">
        <DoneIcon />
      </span>
      <h1 id="sent">{t('portal.sent.title')}</h1>
      <p className="sent-number">
        <span>{t('portal.sent.number')}</span>
        <strong>{number}</strong>
      </p>
      {message && <p className="sent-message">{message}</p>}
      <ol className="next-steps">
        <li>{t('portal.sent.next1')}</li>
        <li>{t('portal.sent.next2')}</li>
        <li>{t('portal.sent.next3')}</li>
      </ol>
      <h2>{t('portal.sent.backTitle')}</h2>
      <p className="muted">
        {inWeChat() ? t('portal.sent.favouriteWeChat') : t('portal.sent.favourite')}
      </p>
      <div className="actions">
        <button
          type="button"
          className="button"
          onClick={() => void copy(window.location.origin + path).then(setCopied)}
        >
          <LinkIcon />
          {copied ? t('portal.sent.copied') : t('portal.sent.copy')}
        </button>
        <button type="button" className="button button-main" onClick={onClose}>
          {t('portal.sent.progress')}
        </button>
      </div>
      <p role="status" className={copied === false ? 'link-shown' : 'visually-hidden'}>
        {copied === null ? '' : copied ? t('portal.sent.copied') : window.location.origin + path}
      </p>
    </section>
  );
}
