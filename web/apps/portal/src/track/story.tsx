// What has happened and what comes next, from top to bottom, in sentences and with times.
import type { Step, Tracked } from '../api/portal';
import { DoneIcon } from '../parts/icons';
import { moment } from '../text/formats';
import { useText } from '../text/text';

function StoryStep({ step }: { step: Step }) {
  const { t, locale } = useText();
  const state = step.current ? 'current' : step.done ? 'done' : 'ahead';
  return (
    <li className="story-step" data-state={state} aria-current={step.current ? 'step' : undefined}>
      <span className="story-mark">{step.done && <DoneIcon />}</span>
      <span className="story-text">
        {step.text}
        {state === 'ahead' && <span className="visually-hidden">{t('portal.track.ahead')}</span>}
      </span>
      {step.at && <time dateTime={step.at}>{moment(step.at, locale)}</time>}
    </li>
  );
}

export function Story({ ticket }: { ticket: Tracked }) {
  const { t } = useText();
  return (
    <section className="card" aria-labelledby="story">
      <h2 id="story">{t('portal.track.progress')}</h2>
      <ol className="story">
        {ticket.steps.map((step) => (
          <StoryStep key={step.key} step={step} />
        ))}
      </ol>
    </section>
  );
}
