// The report that completes a visit: cause, action, time, pictures, signature.
import { useText } from '@hougu/i18n';
import { Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { Page } from '../app/page';
import { checkReport, completeDeed, offeredMinutes } from './draft';
import { Minutes, Words } from './fields';
import { type Filling, focusFirstBad, ReportFrame, SubmitBar } from './frame';
import { Photos } from './photos';
import { Signature } from './signature';

function SignedBy({ filling, error }: { filling: Filling; error: string | null }): ReactNode {
  const { t } = useText();
  const id = useId();
  const { draft, change } = filling;
  return (
    <div className="stacked">
      <label htmlFor={id}>{t('field.sign.name')}</label>
      <Input
        id={id}
        maxLength={60}
        autoComplete="off"
        value={draft.signedBy}
        status={error ? 'error' : ''}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => change({ signedBy: event.target.value })}
      />
      <p id={`${id}-error`} className="bad" role="alert">
        {error}
      </p>
    </div>
  );
}

function ReportForm({ filling }: { filling: Filling }): ReactNode {
  const { t } = useText();
  const go = useNavigate();
  const { job, draft, change, step } = filling;
  const [checked, setChecked] = useState(false);
  const [openedAt] = useState(() => Date.now());
  const faults = checked ? checkReport(draft) : [];
  const minutes = draft.minutes ?? offeredMinutes(job.arrived_at, openedAt);
  const submit = async () => {
    setChecked(true);
    if (checkReport(draft).length > 0) return focusFirstBad();
    await filling.flush();
    const title = [job.number, job._ticket?.subject].filter(Boolean).join(' ');
    if (await step.run(completeDeed(job.id, title, draft, minutes), true)) {
      void go(`/job/${job.id}/done`, { replace: true });
    }
  };
  const onSign = async (signature: File | null) => {
    await filling.sign(signature);
    // the person at the door is usually the one who asked
    if (signature && !draft.signedBy) change({ signedBy: job._ticket?.contact_name ?? '' });
  };
  return (
    <Page
      title={t('field.report.title')}
      back={`/job/${job.id}`}
      foot={
        <SubmitBar
          filling={filling}
          label={t('field.report.submit')}
          onSubmit={() => void submit()}
        />
      }
    >
      <div className="panel form">
        <h1>{job._ticket?.subject ?? job.ticket.title}</h1>
        <Words
          label={t('field.report.cause')}
          placeholder={t('field.report.cause_example')}
          value={draft.cause}
          onChange={(cause) => change({ cause })}
          error={faults.includes('cause') ? t('field.report.cause_missing') : null}
        />
        <Words
          label={t('field.report.action')}
          placeholder={t('field.report.action_example')}
          rows={3}
          value={draft.action}
          onChange={(action) => change({ action })}
          error={faults.includes('action') ? t('field.report.action_missing') : null}
        />
        <Minutes value={minutes} onChange={(next) => change({ minutes: next })} />
        <Photos photos={draft.photos} onAdd={filling.addPhotos} onRemove={filling.removePhoto} />
        <Signature signature={draft.signature} onSign={onSign} />
        {draft.signature && (
          <SignedBy
            filling={filling}
            error={faults.includes('signedBy') ? t('field.sign.name_missing') : null}
          />
        )}
      </div>
    </Page>
  );
}

export default function ReportPage(): ReactNode {
  const { t } = useText();
  return (
    <ReportFrame title={t('field.report.title')}>
      {(filling) => <ReportForm filling={filling} />}
    </ReportFrame>
  );
}
