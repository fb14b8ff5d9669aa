import { useId } from 'react';
import { type Key, useText } from '../text/text';

const words: Record<number, Key> = {
  1: 'portal.rating.words.1',
  2: 'portal.rating.words.2',
  3: 'portal.rating.words.3',
  4: 'portal.rating.words.4',
  5: 'portal.rating.words.5',
};

// the shape says it too, not the colour alone
const starOf = (on: boolean) => (on ? '★' : '☆');

export function Stars(props: {
  label: string;
  value: number;
  onValue?: (value: number) => void;
  error?: string | undefined;
}) {
  const { t } = useText();
  const name = useId();
  const word = words[props.value];
  if (!props.onValue) {
    return (
      <p className="stars-shown">
        <span>{props.label}</span>
        <span role="img" aria-label={t('portal.rating.given', { value: props.value })}>
          {[1, 2, 3, 4, 5].map((star) => (
            <span
              key={star}
              className="star"
              data-on={star <= props.value ? '' : undefined}
              aria-hidden="true"
            >
              {starOf(star <= props.value)}
            </span>
          ))}
        </span>
      </p>
    );
  }
  return (
    <fieldset className="stars" data-bad={props.error ? '' : undefined}>
      <legend>{props.label}</legend>
      {[1, 2, 3, 4, 5].map((star) => (
        <label key={star} className="star" data-on={star <= props.value ? '' : undefined}>
          <input
            type="radio"
            name={name}
            checked={props.value === star}
            aria-label={t('portal.rating.given', { value: star })}
            onChange={() => props.onValue?.(star)}
          />
          <span aria-hidden="true">{starOf(star <= props.value)}</span>
        </label>
      ))}
      <span className="stars-word" aria-live="polite">
        {props.error ?? (word ? t(word) : '')}
      </span>
    </fieldset>
  );
}
