// A labelled input with its error beside it; the error is read out and tied to the input.
import {
  type InputHTMLAttributes,
  type ReactNode,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import { useText } from '../text/text';

interface Around {
  label: string;
  error?: string | undefined;
  hint?: string | undefined;
  optional?: boolean;
}

function Frame(props: Around & { id: string; children: ReactNode }) {
  const { t } = useText();
  return (
    <div className="field" data-bad={props.error ? '' : undefined}>
      <label htmlFor={props.id}>
        {props.label}
        {props.optional && <span className="optional">{t('portal.form.optional')}</span>}
      </label>
      {props.children}
      {props.hint && (
        <p className="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
      <p className="field-error" id={`${props.id}-error`} aria-live="polite">
        {props.error}
      </p>
    </div>
  );
}

function described(id: string, props: Around) {
  const parts = [props.error ? `${id}-error` : '', props.hint ? `${id}-hint` : ''].filter(Boolean);
  return {
    'aria-invalid': props.error ? (true as const) : undefined,
    'aria-describedby': parts.length > 0 ? parts.join(' ') : undefined,
  };
}

export function TextField(
  props: Around & {
    name: string;
    value: string;
    onValue: (value: string) => void;
    after?: ReactNode;
  } & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'id' | 'name' | 'value'>,
) {
  const id = useId();
  const { label, error, hint, optional, onValue, after, ...rest } = props;
  return (
    <Frame id={id} label={label} error={error} hint={hint} optional={optional ?? false}>
      <div className="with-after">
        <input
          id={id}
          {...rest}
          {...described(id, props)}
          onChange={(event) => onValue(event.target.value)}
        />
        {after}
      </div>
    </Frame>
  );
}

export function LongTextField(
  props: Around & { name: string; value: string; onValue: (value: string) => void } & Omit<
      TextareaHTMLAttributes<HTMLTextAreaElement>,
      'onChange' | 'id' | 'name' | 'value'
    >,
) {
  const id = useId();
  const { label, error, hint, optional, onValue, ...rest } = props;
  return (
    <Frame id={id} label={label} error={error} hint={hint} optional={optional ?? false}>
      <textarea
        id={id}
        {...rest}
        {...described(id, props)}
        onChange={(event) => onValue(event.target.value)}
      />
    </Frame>
  );
}

// The eye goes to the first wrong field once its error stands on the page.
export function focusFirstError(form: HTMLElement | null) {
  requestAnimationFrame(() => {
    const bad = form?.querySelector<HTMLElement>(
      '[aria-invalid="true"], [data-bad] button, [data-bad] input',
    );
    bad?.focus();
    bad?.scrollIntoView?.({ block: 'center' });
  });
}
