import { MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { Button, Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { longestMinutes } from './draft';

interface WordsProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  placeholder?: string;
  rows?: number;
  maxLength?: number;
}

/** A labelled box for words, its error beside it. */
export function Words(props: WordsProps): ReactNode {
  const id = useId();
  return (
    <div className="stacked">
      <label htmlFor={id}>{props.label}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: props.rows ?? 2, maxRows: 10 }}
        maxLength={props.maxLength ?? 5000}
        placeholder={props.placeholder ?? ''}
        value={props.value}
        status={props.error ? 'error' : ''}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={props.error ? `${id}-error` : undefined}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <p id={`${id}-error`} className="bad" role="alert">
        {props.error}
      </p>
    </div>
  );
}

const quarter = 15;

/** Minutes of work in quarters of an hour, or typed. */
export function Minutes({
  value,
  onChange,
}: {
  value: number;
  onChange: (value: number) => void;
}): ReactNode {
  const { t } = useText();
  const id = useId();
  const bounded = (minutes: number) => Math.min(longestMinutes, Math.max(0, Math.round(minutes)));
  return (
    <div className="stacked">
      <label htmlFor={id}>{t('field.report.minutes')}</label>
      <div className="stepper">
        <Button
          className="tall"
          aria-label={t('field.report.less')}
          icon={<MinusOutlined />}
          disabled={value <= 0}
          onClick={() => onChange(bounded(Math.ceil(value / quarter - 1) * quarter))}
        />
        <Input
          id={id}
          inputMode="numeric"
          value={String(value)}
          onChange={(event) => onChange(bounded(Number(event.target.value.replace(/\D/g, ''))))}
        />
        <Button
          className="tall"
          aria-label={t('field.report.more')}
          icon={<PlusOutlined />}
          onClick={() => onChange(bounded(Math.floor(value / quarter + 1) * quarter))}
        />
      </div>
    </div>
  );
}
