// Four questions with stars and a line of words, asked once at the end.
import { type FormEvent, useState } from 'react';
import { type Rating, rateTicket, type Tracked } from '../api/portal';
import { Notice, useErrorText } from '../parts/blocks';
import { LongTextField } from '../parts/field';
import { Stars } from '../parts/stars';
import { type Key, useText } from '../text/text';
import { useDeed } from './use_tracked';

const dimensions = ['overall', 'attitude', 'timeliness', 'quality'] as const;
type Dimension = (typeof dimensions)[number];
const labels: Record<Dimension, Key> = {
  overall: 'portal.rating.overall',
  attitude: 'portal.rating.attitude',
  timeliness: 'portal.rating.timeliness',
  quality: 'portal.rating.quality',
};

export function GivenRating({ rating }: { rating: Rating }) {
  const { t } = useText();
  return (
    <section className="card" aria-labelledby="rated">
      <h2 id="rated">{t('portal.rating.yours')}</h2>
      {dimensions.map((dimension) => {
        const value = rating[dimension];
        return value ? <Stars key={dimension} label={t(labels[dimension])} value={value} /> : null;
      })}
      {rating.comment && <p className="quote">{rating.comment}</p>}
    </section>
  );
}

export function RatingForm(props: { token: string; onDone: (ticket: Tracked) => void }) {
  const { t, locale } = useText();
  const errorText = useErrorText();
  const [stars, setStars] = useState<Partial<Record<Dimension, number>>>({});
  const [comment, setComment] = useState('');
  const [checked, setChecked] = useState(false);
  const deed = useDeed(
    (rating: Rating, key) => rateTicket(props.token, rating, key, locale),
    props.onDone,
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!stars.overall) return;
    void deed.run({
      overall: stars.overall,
      attitude: stars.attitude ?? null,
      timeliness: stars.timeliness ?? null,
      quality: stars.quality ?? null,
      comment: comment.trim() || null,
    });
  };
  return (
    <form className="card" noValidate onSubmit={onSubmit} aria-labelledby="rate">
      <h2 id="rate">{t('portal.rating.title')}</h2>
      {dimensions.map((dimension) => (
        <Stars
          key={dimension}
          label={t(labels[dimension])}
          value={stars[dimension] ?? 0}
          onValue={(value) => setStars((before) => ({ ...before, [dimension]: value }))}
          error={
            checked && dimension === 'overall' && !stars.overall
              ? t('portal.rating.empty')
              : undefined
          }
        />
      ))}
      <LongTextField
        label={t('portal.rating.comment')}
        name="comment"
        rows={3}
        maxLength={2000}
        optional
        value={comment}
        onValue={setComment}
      />
      {deed.error && <Notice tone="bad">{errorText(deed.error)}</Notice>}
      <button type="submit" className="button button-main" aria-disabled={deed.busy}>
        {t('portal.rating.send')}
      </button>
    </form>
  );
}
