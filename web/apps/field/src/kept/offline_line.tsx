import { DisconnectOutlined } from '@ant-design/icons';
import { formatDateTime, formatTime, isoDay, useText } from '@hougu/i18n';
import type { ReactNode } from 'react';
import { useOffline } from './offline';

/** Says that there is no network, and of when the data is that the page shows. */
export function OfflineLine({ asOf }: { asOf?: number | undefined }): ReactNode {
  const { t } = useText();
  const offline = useOffline();
  const today = asOf && isoDay(asOf) === isoDay(Date.now());
  return (
    <div role="status">
      {offline && (
        <p className="offline-line">
          <DisconnectOutlined aria-hidden="true" />
          {asOf
            ? t('field.offline.as_of', { time: today ? formatTime(asOf) : formatDateTime(asOf) })
            : t('field.offline.none')}
        </p>
      )}
    </div>
  );
}
