import { ClockCircleOutlined, FireOutlined } from '@ant-design/icons';
import type { RecordData } from '@hougu/api/types';
import { formatCountdown, formatDateTime, useText } from '@hougu/i18n';
import { RelativeTime, StatusTag } from '@hougu/ui';
import type { ReactNode } from 'react';
import { dueOf } from './due';

/** Time left or over; without a limit how old the ticket is. */
export function DueChip({ ticket, now }: { ticket: RecordData; now: number }): ReactNode {
  const { t } = useText();
  const due = dueOf(ticket, now);
  if (due.kind === 'none') {
    return (
      <span className="desk-age">
        <RelativeTime at={ticket.created_at} />
      </span>
    );
  }
  const words = formatCountdown(due.seconds);
  const title = t('desk.due.title', { at: formatDateTime(String(ticket.due_at)) });
  if (due.kind === 'late') {
    return (
      <StatusTag color="red" icon={<FireOutlined aria-hidden="true" />} title={title}>
        {t('desk.due.late', { time: words })}
      </StatusTag>
    );
  }
  return (
    <StatusTag
      color={due.kind === 'soon' ? 'orange' : 'grey'}
      icon={<ClockCircleOutlined aria-hidden="true" />}
      title={title}
    >
      {t('desk.due.left', { time: words })}
    </StatusTag>
  );
}
