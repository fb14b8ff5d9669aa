// A visit that ends without a repair: why, and what the next one needs.
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { Page } from '../app/page';
import { checkUnfinished, offeredMinutes, unfinishedDeed, withReason } from './draft';
import { Minutes, Words } from './fields';
import { type Filling, focusFirstBad, ReportFrame, SubmitBar } from './frame';
import { Photos } from './photos';

const reasons = ['parts', 'absent', 'support', 'postponed', 'site'] as const;

function UnfinishedForm({ filling }: { filling: Filling }): ReactNode {
  const { t } = useText();
  const go = useNavigate();
  const { job, draft, change, step } = filling;
  const [checked, setChecked] = useState(false);
  const [openedAt] = useState(() => Date.now());
  const faults = checked ? checkUnfinished(draft) : [];
  const words = reasons.map((reason) => t(`field.unfinished.reasons.${reason}`));
  const minutes = draft.minutes ?? (job.arrived_at ? offeredMinutes(job.arrived_at, openedAt) : 0);
  const submit = async () => {
    setChecked(true);
    if (checkUnfinished(draft).length > 0) return focusFirstBad();
    await filling.flush();
    const title = [job.number, job._ticket?.subject].filter(Boolean).join(' ');
    if (await step.run(unfinishedDeed(job.id, title, draft, minutes), true)) {
      void go(`/job/${job.id}/done`, { replace: true });
    }
  };
  return (
    <Page
      title={t('field.unfinished.title')}
      back={`/job/${job.id}`}
      foot={
        <SubmitBar
          filling={filling}
          label={t('field.unfinished.submit')}
          onSubmit={() => void submit()}
        />
      }
    >
      <div className="panel form">
        <h1>{job._ticket?.subject ?? job.ticket.title}</h1>
        <div className="choice-row">
          {words.map((word) => {
            const chosen = draft.reason.startsWith(word);
            return (
              <Button
                key={word}
                aria-pressed={chosen}
                type={chosen ? 'primary' : 'default'}
                ghost={chosen}
                onClick={() => change({ reason: withReason(draft.reason, word, words) })}
              >
                {word}
              </Button>
            );
          })}
        </div>
        <Words
          label={t('field.unfinished.reason')}
          maxLength={200}
          value={draft.reason}
          onChange={(reason) => change({ reason })}
          error={faults.includes('reason') ? t('field.unfinished.reason_missing') : null}
        />
        <Words
          label={t('field.unfinished.needs')}
          placeholder={t('field.unfinished.needs_example')}
          value={draft.needs}
          onChange={(needs) => change({ needs })}
        />
        <Minutes value={minutes} onChange={(next) => change({ minutes: next })} />
        <Photos photos={draft.photos} onAdd={filling.addPhotos} onRemove={filling.removePhoto} />
      </div>
    </Page>
  );
}

export default function UnfinishedPage(): ReactNode {
  const { t } = useText();
  return (
    <ReportFrame title={t('field.unfinished.title')}>
      {(filling) => <UnfinishedForm filling={filling} />}
    </ReportFrame>
  );
}
