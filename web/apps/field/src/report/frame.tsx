// What both kinds of report share: the visit, the draft of it, and the page around them.
import { errorText } from '@hougu/api/client';
import { useText } from '@hougu/i18n';
import { LoadProblem } from '@hougu/ui';
import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { busyLook } from '../app/busy';
import { Page } from '../app/page';
import type { Job } from '../job/types';
import { useJob } from '../job/use_job';
import { type Stepping, useStep } from '../job/use_step';
import type { ReportDraft } from './draft';
import { type ReportState, useReport } from './use_report';

export interface Filling extends ReportState {
  job: Job;
  draft: ReportDraft;
  step: Stepping;
}

interface FrameProps {
  title: string;
  children: (filling: Filling) => ReactNode;
}

export function ReportFrame({ title, children }: FrameProps): ReactNode {
  const { id = '' } = useParams();
  const job = useJob(id);
  const report = useReport(id);
  const step = useStep();
  if (job.data && report.draft)
    return children({ ...report, job: job.data, draft: report.draft, step });
  return (
    <Page title={title} back={`/job/${id}`}>
      {job.error ? (
        <LoadProblem text={errorText(job.error)} onRetry={() => void job.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Page>
  );
}

export function SubmitBar(props: {
  filling: Filling;
  label: string;
  onSubmit: () => void;
}): ReactNode {
  const { t } = useText();
  const { step, unkept } = props.filling;
  return (
    <footer className="next-bar">
      {unkept && <Alert type="warning" role="alert" showIcon title={t('field.report.unkept')} />}
      {step.problem && <Alert type="error" role="alert" showIcon title={step.problem} />}
      <Button
        type="primary"
        className="next-main"
        loading={busyLook(step.busy)}
        onClick={props.onSubmit}
      >
        {props.label}
      </Button>
    </footer>
  );
}

/** The eye goes to the first field that is missing something. */
export function focusFirstBad(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
}
