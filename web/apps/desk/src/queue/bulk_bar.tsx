// What can be done with the selected tickets: assign, close, export.
import { apiUrl } from '@hougu/api/client';
import type { RecordData } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { BulkDialog, type BulkKind } from './bulk_dialog';

export interface BulkBarProps {
  /** The selected tickets, as far as they are loaded. */
  tickets: RecordData[];
  dialog: BulkKind | null;
  onDialog: (dialog: BulkKind | null) => void;
  /** These are selected from now on. */
  onSelected: (ids: string[]) => void;
}

export function BulkBar({ tickets, dialog, onDialog, onSelected }: BulkBarProps): ReactNode {
  const { t } = useText();
  const ids = tickets.map((ticket) => ticket.id);
  const where = { field: 'id', op: 'in', value: ids };
  return (
    <div className="desk-bulk" role="toolbar" aria-label={t('desk.bulk.title')}>
      <strong>{t('desk.bulk.selected', { count: tickets.length })}</strong>
      <Button size="small" onClick={() => onDialog('assign')}>
        {t('desk.verb.assign')}
      </Button>
      <Button size="small" onClick={() => onDialog('close')}>
        {t('desk.verb.close')}
      </Button>
      <Button size="small" href={apiUrl('/ticket/export', { format: 'xlsx', where })} download>
        {t('desk.export.short')}
      </Button>
      <Button size="small" type="text" onClick={() => onSelected([])}>
        {t('desk.bulk.clear')}
      </Button>
      {dialog && (
        <BulkDialog
          key={dialog}
          kind={dialog}
          tickets={tickets}
          onClose={() => onDialog(null)}
          onSelected={onSelected}
        />
      )}
    </div>
  );
}
