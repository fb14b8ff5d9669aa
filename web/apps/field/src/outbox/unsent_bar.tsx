import { CloudUploadOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useOutboxState } from './provider';

/** The honest sign: how much the server does not know yet. */
export function UnsentBar(): ReactNode {
  const { t } = useText();
  const { deeds, sending, progress } = useOutboxState();
  const refused = deeds.filter(({ refusal }) => refusal !== null).length;
  return (
    <div role="status">
      {deeds.length > 0 && (
        <Link to="/unsent" className="unsent-bar" data-refused={refused > 0 ? '' : undefined}>
          {refused > 0 ? <ExclamationCircleOutlined /> : <CloudUploadOutlined />}
          <span>
            {refused > 0
              ? t('field.unsent.refused_count', { count: refused })
              : sending
                ? t('field.unsent.sending', { percent: Math.round(progress * 100) })
                : t('field.unsent.count', { count: deeds.length })}
          </span>
        </Link>
      )}
    </div>
  );
}
