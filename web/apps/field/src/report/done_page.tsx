// After the report: what was sent (or waits), and the next job.
import { CheckCircleFilled, CloudUploadOutlined } from '@ant-design/icons';
import { isoDay, useText } from '@hougu/i18n';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { Page } from '../app/page';
import type { Job } from '../job/types';
import { useDay, useJob, useShownStatus } from '../job/use_job';
import { arrange } from '../today/arrange';
import { JobCard } from '../today/job_card';

function Outcome({ job }: { job: Job }): ReactNode {
  const { t } = useText();
  const { status, unsent } = useShownStatus(job);
  const done = status === 'completed' ? t('field.done.completed') : t('field.done.unfinished');
  return (
    <section className="outcome" data-unsent={unsent ? '' : undefined}>
      {unsent ? (
        <CloudUploadOutlined aria-hidden="true" />
      ) : (
        <CheckCircleFilled aria-hidden="true" />
      )}
      <h1>{done}</h1>
      <p className="soft">
        {job._ticket?.number} {job._ticket?.subject}
      </p>
      <p role="status">{unsent ? t('field.done.unsent') : t('field.done.sent')}</p>
    </section>
  );
}

export default function DonePage(): ReactNode {
  const { t } = useText();
  const { id = '' } = useParams();
  const job = useJob(id);
  const day = useDay(isoDay(Date.now()));
  const open = arrange(
    (day.data?.records ?? []).filter((one) => one.id !== id),
    Date.now(),
  );
  const next = [...open.active, ...open.late, ...open.coming][0];
  const foot = (
    <footer className="next-bar">
      <Link to="/">
        <Button type="primary" className="next-main" block>
          {t('field.done.back')}
        </Button>
      </Link>
    </footer>
  );
  return (
    <Page title={t('field.done.title')} back="/" foot={foot}>
      {job.data ? <Outcome job={job.data} /> : <Skeleton active />}
      {next && (
        <section>
          <h2 className="group-name">{t('field.done.next')}</h2>
          <JobCard job={next} late={open.late.includes(next)} />
        </section>
      )}
    </Page>
  );
}
