// The bar at the foot of a job: the one big next action, the others behind "more".
import { MoreOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { Alert, Button } from 'antd';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { busyLook } from '../app/busy';
import type { NewDeed } from '../outbox/outbox';
import { currentPosition } from './position';
import { Sheet } from './sheet';
import { RefuseSheet, TravelSheet } from './sheets';
import { nextStep, otherSteps, type Verb } from './steps';
import type { Job, VisitStatus } from './types';
import { useStep } from './use_step';

export function deedOf(job: Job, kind: Verb, body: NewDeed['body'] = {}): NewDeed {
  const title = [job.number, job._ticket?.subject].filter(Boolean).join(' ');
  return { kind, visit: job.id, title, path: `/visit/${job.id}/${kind}`, body, files: [] };
}

// A second tap on the button of before must not fall on the one that took its place.
const restMs = 600;

function useResting(status: VisitStatus): boolean {
  const [resting, setResting] = useState(false);
  const shown = useRef(status);
  // before the new button can be tapped
  useLayoutEffect(() => {
    if (shown.current === status) return undefined;
    shown.current = status;
    setResting(true);
    const timer = setTimeout(() => setResting(false), restMs);
    return () => clearTimeout(timer);
  }, [status]);
  return resting;
}

export function NextBar({ job, status }: { job: Job; status: VisitStatus }): ReactNode {
  const { t } = useText();
  const go = useNavigate();
  const step = useStep();
  const [sheet, setSheet] = useState<'more' | 'travel' | 'refuse' | null>(null);
  const [locating, setLocating] = useState(false);
  const resting = useResting(status);
  const next = nextStep(job, status);
  const others = otherSteps(job, status);
  if (!next) return null;

  const arrival = async () => {
    setLocating(true);
    const at = new Date().toISOString();
    const position = await currentPosition();
    setLocating(false);
    return deedOf(job, 'arrive', { at, ...(position ? { position: { ...position } } : {}) });
  };
  const act = (verb: Verb) => {
    setSheet(null);
    if (verb === 'accept') void step.run(deedOf(job, 'accept'));
    if (verb === 'start_travel') setSheet('travel');
    if (verb === 'arrive') void step.run(arrival);
    if (verb === 'complete') void go(`/job/${job.id}/report`);
    if (verb === 'end_unfinished') void go(`/job/${job.id}/unfinished`);
    if (verb === 'refuse') setSheet('refuse');
  };
  return (
    <footer className="next-bar">
      {step.problem && <Alert type="error" role="alert" showIcon title={step.problem} />}
      <div className="next-bar-row">
        {others.length > 0 && (
          <Button
            className="next-more"
            aria-label={t('field.job.more')}
            aria-haspopup="dialog"
            icon={<MoreOutlined />}
            onClick={() => setSheet('more')}
          />
        )}
        <Button
          type="primary"
          className="next-main"
          loading={busyLook(step.busy)}
          aria-disabled={resting || undefined}
          onClick={() => !resting && act(next)}
        >
          {locating ? t('field.job.locating') : t(`field.step.${next}`)}
        </Button>
      </div>
      <Sheet title={t('field.job.more')} open={sheet === 'more'} onClose={() => setSheet(null)}>
        <div className="sheet-actions">
          {others.map((verb) => (
            <Button key={verb} block danger={verb === 'refuse'} onClick={() => act(verb)}>
              {verb === 'arrive' ? t('field.job.arrive_directly') : t(`field.step.${verb}`)}
            </Button>
          ))}
        </div>
      </Sheet>
      <TravelSheet
        open={sheet === 'travel'}
        busy={step.busy}
        onClose={() => setSheet(null)}
        onGo={(eta) => {
          setSheet(null);
          void step.run(deedOf(job, 'start_travel', eta ? { eta } : {}));
        }}
      />
      <RefuseSheet
        open={sheet === 'refuse'}
        busy={step.busy}
        onClose={() => setSheet(null)}
        onRefuse={(reason) => {
          setSheet(null);
          void step.run(deedOf(job, 'refuse', { reason })).then((good) => good && go('/'));
        }}
      />
    </footer>
  );
}
