// What has happened and what comes next, from top to bottom, in sentences and with times. A cancelled
// ticket has nothing to come: its story ends with the cancelling.
import type { ReactNode } from 'react';
import type { Step, Tracked } from '../api/portal';
import { CloseIcon, DoneIcon } from '../parts/icons';
import { moment } from '../text/formats';
import { useText } from '../text/text';

function Row(props: {
  state: 'done' | 'current' | 'ahead' | 'cancelled';
  mark: ReactNode;
  at: string | null;
  children: ReactNode;
}) {
  const { locale } = useText();
  const now = props.state === 'current' || props.state === 'cancelled';
  return (
    <li className="story-step" data-state={props.state} aria-current={now ? 'step' : undefined}>
      <span className="story-mark">{props.mark}</span>
      <span className="story-text">{props.children}</span>
      {props.at && <time dateTime={props.at}>{moment(props.at, locale)}</time>}
    </li>
  );
}

function StoryStep({ step }: { step: Step }) {
  const { t } = useText();
  const state = step.current ? 'current' : step.done ? 'done' : 'ahead';
  return (
    <Row state={state} mark={step.done && <DoneIcon />} at={step.at}>
      {step.text}
      {state === 'ahead' && <span className="visually-hidden">{t('portal.track.ahead')}</span>}
    </Row>
  );
}

function Cancelled({ ticket }: { ticket: Tracked }) {
  const { t } = useText();
  const happenings = ticket.timeline.filter(({ kind }) => kind === 'event');
  const at = ticket.cancelled?.at ?? happenings[happenings.length - 1]?.at ?? null;
  const reason = ticket.cancelled?.reason;
  return (
    <Row state="cancelled" mark={<CloseIcon />} at={at}>
      {t('portal.track.cancelled')}
      {reason && <small>{t('portal.track.cancelledWhy', { reason })}</small>}
    </Row>
  );
}

export function Story({ ticket }: { ticket: Tracked }) {
  const { t } = useText();
  const over = ticket.status === 'cancelled';
  // of a cancelled ticket only what is known to have happened
  const steps = over
    ? ticket.steps
        .filter(({ done, at }) => done && at !== null)
        .map((step) => ({ ...step, current: false }))
    : ticket.steps;
  return (
    <section className="card" aria-labelledby="story">
      <h2 id="story">{t('portal.track.progress')}</h2>
      <ol className="story">
        {steps.map((step) => (
          <StoryStep key={step.key} step={step} />
        ))}
        {over && <Cancelled ticket={ticket} />}
      </ol>
    </section>
  );
}
