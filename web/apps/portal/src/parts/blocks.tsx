import type { ReactNode } from 'react';
import type { RequestError } from '../api/request';
import { useText } from '../text/text';

// Grey shapes of the size that the content will have.
export function Skeleton({ lines = 3, card = true }: { lines?: number; card?: boolean }) {
  const { t } = useText();
  return (
    <div
      className={card ? 'card skeleton' : 'skeleton'}
      role="status"
      aria-label={t('portal.form.loading')}
    >
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} style={{ width: index === 0 ? '40%' : '90%' }} />
      ))}
    </div>
  );
}

export function Notice(props: {
  tone?: 'bad' | 'good' | 'plain';
  title?: string;
  children?: ReactNode;
}) {
  return (
    <div
      className={`notice notice-${props.tone ?? 'plain'}`}
      role={props.tone === 'bad' ? 'alert' : 'status'}
    >
      {props.title && <h1>{props.title}</h1>}
      {props.children}
    </div>
  );
}

// The server's sentence where there is one; otherwise what to do about a lost line or a full server.
export function useErrorText() {
  const { t } = useText();
  return (error: RequestError): string => {
    if (error.unanswered) return t('portal.form.errors.network');
    if (error.status === 429 && error.retryAfterSeconds !== null) {
      return t('portal.form.errors.wait', { seconds: error.retryAfterSeconds });
    }
    return error.message || t('portal.form.errors.server');
  };
}
