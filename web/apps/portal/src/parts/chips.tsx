// A choice of a few, as large buttons: one radio group to the keyboard and to a screen reader.
import { useId } from 'react';

export interface Chip {
  value: string;
  label: string;
  hint?: string;
}

export function Chips(props: {
  label: string;
  chips: Chip[];
  value: string | null;
  onValue: (value: string | null) => void;
  // a second tap takes the choice back
  clearable?: boolean;
  error?: string | undefined;
}) {
  const name = useId();
  return (
    <fieldset className="chips" data-bad={props.error ? '' : undefined}>
      <legend>{props.label}</legend>
      <div className="chip-list">
        {props.chips.map((chip) => (
          <label key={chip.value} className="chip">
            <input
              type="radio"
              name={name}
              value={chip.value}
              checked={props.value === chip.value}
              onChange={() => props.onValue(chip.value)}
              onClick={() => {
                if (props.clearable && props.value === chip.value) props.onValue(null);
              }}
            />
            <span>
              {chip.label}
              {chip.hint && <small>{chip.hint}</small>}
            </span>
          </label>
        ))}
      </div>
      <p className="field-error" aria-live="polite">
        {props.error}
      </p>
    </fieldset>
  );
}
