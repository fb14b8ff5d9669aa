// Right after sending: the number, what happens next and when, and how to come back.
import { useState } from 'react';
import type { Tracked } from '../api/portal';
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

export function SentCard(props: { ticket: Tracked; path: string; onClose: () => void }) {
  const { ticket, path, onClose } = props;
  const { t } = useText();
  const visits = ticket.steps.some((step) => step.key === 'on_the_way');
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <section className="card sent" aria-labelledby="sent">
      <span className="sent-mark">
        <DoneIcon />
      </span>
      <h1 id="sent">{t('portal.sent.title')}</h1>
      <p className="sent-number">
        <span>{t('portal.sent.number')}</span>
        <strong>{ticket.number}</strong>
      </p>
      {ticket.preferred_time && (
        <p>{t('portal.track.preferred', { time: ticket.preferred_time })}</p>
      )}
      <ol className="next-steps">
        <li>{t('portal.sent.next1')}</li>
        <li>{visits ? t('portal.sent.next2') : t('portal.sent.answer')}</li>
        {visits && <li>{t('portal.sent.next3')}</li>}
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
