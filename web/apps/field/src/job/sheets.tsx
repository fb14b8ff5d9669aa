// The two questions before a step: when will you be there, and why not.
import { formatTime, useText } from '@hougu/i18n';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { busyLook } from '../app/busy';
import { Words } from '../report/fields';
import { Sheet } from './sheet';

const etaMinutes = [10, 20, 30, 45, 60, 90];
const minuteMs = 60_000;

interface TravelSheetProps {
  open: boolean;
  busy: boolean;
  onClose: () => void;
  onGo: (eta: string | null) => void;
}

/** The expected arrival, which the customer sees. */
export function TravelSheet({ open, busy, onClose, onGo }: TravelSheetProps): ReactNode {
  const { t } = useText();
  const now = Date.now();
  return (
    <Sheet title={t('field.travel.title')} open={open} onClose={onClose}>
      <p className="soft">{t('field.travel.text')}</p>
      <div className="eta-grid">
        {etaMinutes.map((minutes) => {
          const eta = new Date(now + minutes * minuteMs);
          return (
            <Button key={minutes} disabled={busy} onClick={() => onGo(eta.toISOString())}>
              <span>
                {t('field.travel.minutes', { minutes })}
                <small>{formatTime(eta)}</small>
              </span>
            </Button>
          );
        })}
      </div>
      <Button block type="text" className="tall" disabled={busy} onClick={() => onGo(null)}>
        {t('field.travel.unknown')}
      </Button>
    </Sheet>
  );
}

const refusals = ['busy', 'skill', 'area', 'customer', 'other'] as const;

interface RefuseSheetProps {
  open: boolean;
  busy: boolean;
  onClose: () => void;
  onRefuse: (reason: string) => void;
}

export function RefuseSheet({ open, busy, onClose, onRefuse }: RefuseSheetProps): ReactNode {
  const { t } = useText();
  const [chosen, setChosen] = useState<(typeof refusals)[number] | null>(null);
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState(false);
  const said = words.trim();
  const missing = chosen === null || (chosen === 'other' && said === '');
  const submit = () => {
    setAsked(true);
    if (missing) return;
    const reason = chosen === 'other' ? '' : t(`field.refuse.reasons.${chosen}`);
    onRefuse([reason, said].filter(Boolean).join(' - ').slice(0, 200));
  };
  return (
    <Sheet title={t('field.refuse.title')} open={open} onClose={onClose}>
      <p className="soft">{t('field.refuse.text')}</p>
      <div className="choice-row" role="radiogroup" aria-label={t('field.refuse.why')}>
        {refusals.map((value) => (
          <Button
            key={value}
            role="radio"
            aria-checked={chosen === value}
            type={chosen === value ? 'primary' : 'default'}
            ghost={chosen === value}
            onClick={() => setChosen(value)}
          >
            {t(`field.refuse.reasons.${value}`)}
          </Button>
        ))}
      </div>
      <Words label={t('field.refuse.words')} maxLength={160} value={words} onChange={setWords} />
      {asked && missing && (
        <p className="bad" role="alert">
          {chosen === 'other' ? t('field.refuse.say') : t('field.refuse.choose')}
        </p>
      )}
      <Button block danger className="tall" loading={busyLook(busy)} onClick={submit}>
        {t('field.refuse.submit')}
      </Button>
    </Sheet>
  );
}
