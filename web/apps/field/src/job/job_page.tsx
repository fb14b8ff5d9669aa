import { errorText, OfflineError } from '@hougu/api/client';
import { isMissing } from '@hougu/api/queries';
import { useText } from '@hougu/i18n';
import { EmptyState, LoadProblem } from '@hougu/ui';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { Page } from '../app/page';
import { DevicePanel, PriorityTag, ReachButtons, TicketFacts, VisitStatusTag } from './facts';
import { NextBar } from './next_bar';
import { progressOf } from './steps';
import { Talk } from './talk';
import type { Job, VisitStatus } from './types';
import { useJob, useShownStatus } from './use_job';

const stages = ['accept', 'start_travel', 'arrive', 'complete'] as const;

/** How far the visit is: four words, those that are done marked. */
function Progress({ status }: { status: VisitStatus }): ReactNode {
  const { t } = useText();
  const done = progressOf(status);
  return (
    <ol className="stages" aria-label={t('field.job.progress')}>
      {stages.map((stage, index) => (
        <li
          key={stage}
          data-done={index < done ? '' : undefined}
          aria-current={index === done ? 'step' : undefined}
        >
          {t(`field.stage.${stage}`)}
        </li>
      ))}
    </ol>
  );
}

function JobView({ job, asOf }: { job: Job; asOf: number | undefined }): ReactNode {
  const { t } = useText();
  const { status, unsent } = useShownStatus(job);
  return (
    <Page title={job.number} back="/" asOf={asOf} foot={<NextBar job={job} status={status} />}>
      <section className="job-head">
        <h1>{job._ticket?.subject ?? job.ticket.title}</h1>
        <p className="tags">
          <VisitStatusTag status={status} />
          <PriorityTag priority={job._ticket?.priority} />
          {unsent && <span className="note-mark">{t('field.unsent.one')}</span>}
          <span className="soft">{job._ticket?.number}</span>
        </p>
        {status !== 'refused' && status !== 'cancelled' && <Progress status={status} />}
        <ReachButtons job={job} />
        {status === 'completed' && <Link to={`/job/${job.id}/done`}>{t('field.done.see')}</Link>}
      </section>
      <TicketFacts job={job} />
      <DevicePanel job={job} />
      <Talk job={job} />
    </Page>
  );
}

export function JobPage(): ReactNode {
  const { t } = useText();
  const { id = '' } = useParams();
  const job = useJob(id);
  if (job.data) return <JobView job={job.data} asOf={job.asOf} />;
  return (
    <Page title={t('field.job.title')} back="/">
      {job.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {isMissing(job.error) ? (
        <EmptyState
          title={t('field.job.gone')}
          action={
            <Link to="/">
              <Button type="primary">{t('field.job.to_today')}</Button>
            </Link>
          }
        >
          {t('field.job.gone_why')}
        </EmptyState>
      ) : (
        job.error && (
          <LoadProblem
            text={job.error instanceof OfflineError ? t('field.offline.job') : errorText(job.error)}
            onRetry={() => void job.refetch()}
          />
        )
      )}
    </Page>
  );
}
