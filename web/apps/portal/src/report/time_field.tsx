import { useMemo, useState } from 'react';
import { Chips } from '../parts/chips';
import { TextField } from '../parts/field';
import { useText } from '../text/text';
import {
  isoDay,
  nearText,
  nextSlots,
  type Part,
  parts,
  slotOf,
  stillAhead,
  wishOf,
} from './preferred_time';

const elsewhere = 'other';

// The next half-days as chips; any other day through a date field.
export function TimeField(props: {
  label: string;
  wish: string;
  onWish: (wish: string) => void;
  error?: string | undefined;
}) {
  const { t, locale } = useText();
  const [now] = useState(() => new Date());
  const near = useMemo(() => nextSlots(now, 4).map(wishOf), [now]);
  const chosen = slotOf(props.wish);
  const [other, setOther] = useState(() => chosen !== null && !near.includes(props.wish));
  const chips = [
    { value: 'soon', label: t('portal.time.soon') },
    ...near.map((wish) => ({ value: wish, label: nearText(wish, now, locale, t) })),
    { value: elsewhere, label: t('portal.time.other') },
  ];
  const setSlot = (date: string, part: Part) => {
    const slot = { date, part };
    props.onWish(date && stillAhead(slot, new Date()) ? wishOf(slot) : '');
  };
  const today = isoDay(now);
  return (
    <>
      <Chips
        label={props.label}
        chips={chips}
        value={other ? elsewhere : props.wish || null}
        onValue={(value) => {
          setOther(value === elsewhere);
          props.onWish(value === null || value === elsewhere ? '' : value);
        }}
        clearable
        error={props.error}
      />
      {other && (
        <div className="other-time">
          <TextField
            label={t('portal.time.day')}
            name="preferred_day"
            type="date"
            min={today}
            value={chosen?.date ?? ''}
            onValue={(date) => setSlot(date, chosen?.part ?? 'am')}
          />
          <Chips
            label={t('portal.time.part')}
            chips={parts.map((part) => ({ value: part, label: t(`portal.time.${part}`) }))}
            value={chosen?.part ?? null}
            onValue={(part) =>
              setSlot(chosen?.date ?? today, parts.find((one) => one === part) ?? 'am')
            }
          />
        </div>
      )}
    </>
  );
}
