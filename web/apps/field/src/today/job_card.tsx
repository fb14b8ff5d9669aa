// One job at arm's length: when, where, what, and what to bring.
import { useText } from '@hougu/i18n';
import { StatusTag } from '@hougu/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { PriorityTag, VisitStatusTag, windowText } from '../job/facts';
import type { Job } from '../job/types';
import { useShownStatus, useTicketChoice } from '../job/use_job';
import { addressText } from '../maps/navigation';

export function JobCard({ job, late }: { job: Job; late: boolean }): ReactNode {
  const { t } = useText();
  const choice = useTicketChoice();
  const { status, unsent } = useShownStatus(job);
  const ticket = job._ticket;
  const what = [
    choice('service_type', ticket?.service_type),
    job._asset?.product?.title,
    choice('fault_category', ticket?.fault_category),
  ];
  return (
    <Link to={`/job/${job.id}`} className="job-card" data-late={late ? '' : undefined}>
      <span className="job-time">{windowText(job) || t('field.today.no_time')}</span>
      <span className="tags">
        <VisitStatusTag status={status} />
        {late && <StatusTag color="red">{t('field.today.late_tag')}</StatusTag>}
        <PriorityTag priority={ticket?.priority} />
        {unsent && <span className="note-mark">{t('field.unsent.one')}</span>}
      </span>
      <strong className="job-subject">{ticket?.subject ?? job.ticket.title}</strong>
      <span className="job-address">
        {job.place === 'on_site' ? addressText(ticket?.address) : t(`field.place.${job.place}`)}
      </span>
      <span className="soft">{what.filter(Boolean).join(' · ')}</span>
      {job.note && <span className="job-bring">{t('field.today.bring', { text: job.note })}</span>}
    </Link>
  );
}
