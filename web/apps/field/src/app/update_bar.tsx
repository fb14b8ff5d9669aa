// A new release waits until the person takes it: nobody is torn out of a report.
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useSyncExternalStore } from 'react';
import { applyUpdate, updates } from './service_worker';

export function UpdateBar(): ReactNode {
  const { t } = useText();
  const waiting = useSyncExternalStore(updates.subscribe, updates.waiting);
  if (!waiting) return null;
  return (
    <div className="update-bar" role="status">
      <span>{t('field.app.update')}</span>
      <Button className="tall" onClick={applyUpdate}>
        {t('field.app.update_now')}
      </Button>
    </div>
  );
}
