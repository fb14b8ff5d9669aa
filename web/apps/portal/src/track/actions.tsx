// Changing the wished time, and cancelling with a reason.
import { type FormEvent, useState } from 'react';
import { cancelTicket, changeTime, type Tracked } from '../api/portal';
import { Notice, useErrorText } from '../parts/blocks';
import { Chips } from '../parts/chips';
import { LongTextField } from '../parts/field';
import { Sheet } from '../parts/sheet';
import { wishText } from '../report/preferred_time';
import { TimeField } from '../report/time_field';
import { type Key, useText } from '../text/text';
import { useDeed } from './use_tracked';

interface ActionProps {
  token: string;
  onDone: (ticket: Tracked) => void;
  onClose: () => void;
}

function TimeSheet(props: ActionProps) {
  const { t, locale } = useText();
  const errorText = useErrorText();
  const [wish, setWish] = useState('');
  const [empty, setEmpty] = useState(false);
  const deed = useDeed(
    (time: string, key) => changeTime(props.token, time, key, locale),
    props.onDone,
  );
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setEmpty(wish === '');
    if (wish !== '' && (await deed.run(wishText(wish, locale, t)))) props.onClose();
  };
  return (
    <Sheet title={t('portal.change.title')} onClose={props.onClose}>
      <form noValidate onSubmit={onSubmit}>
        <p className="muted">{t('portal.change.text')}</p>
        <TimeField
          label={t('portal.time.label')}
          wish={wish}
          onWish={setWish}
          error={empty && wish === '' ? t('portal.change.empty') : undefined}
        />
        {deed.error && <Notice tone="bad">{errorText(deed.error)}</Notice>}
        <button type="submit" className="button button-main" aria-disabled={deed.busy}>
          {t('portal.change.send')}
        </button>
      </form>
    </Sheet>
  );
}

const reasons = ['solved', 'later', 'mistake', 'other'] as const;
const reasonTexts: Record<(typeof reasons)[number], Key> = {
  solved: 'portal.cancel.reasons.solved',
  later: 'portal.cancel.reasons.later',
  mistake: 'portal.cancel.reasons.mistake',
  other: 'portal.cancel.reasons.other',
};

function CancelSheet(props: ActionProps) {
  const { t, locale } = useText();
  const errorText = useErrorText();
  const [reason, setReason] = useState<(typeof reasons)[number] | null>(null);
  const [words, setWords] = useState('');
  const [checked, setChecked] = useState(false);
  const deed = useDeed(
    (why: string, key) => cancelTicket(props.token, why, key, locale),
    props.onDone,
  );
  const needsWords = reason === 'other' && words.trim() === '';
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (reason === null || needsWords) return;
    const chosen = reason === 'other' ? '' : t(reasonTexts[reason]);
    const why = [chosen, words.trim()].filter(Boolean).join(' - ');
    if (await deed.run(why)) props.onClose();
  };
  return (
    <Sheet title={t('portal.cancel.title')} onClose={props.onClose}>
      <form noValidate onSubmit={onSubmit}>
        <p className="muted">{t('portal.cancel.text')}</p>
        <Chips
          label={t('portal.cancel.why')}
          chips={reasons.map((value) => ({ value, label: t(reasonTexts[value]) }))}
          value={reason}
          onValue={(value) => setReason(reasons.find((one) => one === value) ?? null)}
          error={checked && reason === null ? t('portal.cancel.empty') : undefined}
        />
        <LongTextField
          label={t('portal.cancel.more')}
          name="reason"
          rows={2}
          maxLength={500}
          optional={reason !== 'other'}
          value={words}
          onValue={setWords}
          error={checked && needsWords ? t('portal.cancel.emptyWords') : undefined}
        />
        {deed.error && <Notice tone="bad">{errorText(deed.error)}</Notice>}
        <div className="actions">
          <button type="button" className="button" onClick={props.onClose}>
            {t('portal.cancel.keep')}
          </button>
          <button type="submit" className="button button-danger" aria-disabled={deed.busy}>
            {t('portal.cancel.send')}
          </button>
        </div>
      </form>
    </Sheet>
  );
}

export function TicketActions(props: {
  token: string;
  ticket: Tracked;
  onDone: (ticket: Tracked) => void;
}) {
  const { t } = useText();
  const [open, setOpen] = useState<'time' | 'cancel' | null>(null);
  const { ticket } = props;
  if (!ticket.can_cancel) return null;
  const close = () => setOpen(null);
  // only where somebody comes to the customer is there a time to change
  const visits = ticket.steps.some((step) => step.key === 'on_the_way');
  return (
    <div className="ticket-actions">
      {visits && (
        <button type="button" className="button" onClick={() => setOpen('time')}>
          {t('portal.change.open')}
        </button>
      )}
      <button
        type="button"
        className="button button-quiet-danger"
        onClick={() => setOpen('cancel')}
      >
        {t('portal.cancel.open')}
      </button>
      {open === 'time' && <TimeSheet token={props.token} onDone={props.onDone} onClose={close} />}
      {open === 'cancel' && (
        <CancelSheet token={props.token} onDone={props.onDone} onClose={close} />
      )}
    </div>
  );
}
