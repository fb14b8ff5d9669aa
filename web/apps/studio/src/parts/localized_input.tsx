// A label in both languages: Chinese first, English beside it.
import type { Localized } from '@hougu/i18n';
import { useText } from '@hougu/i18n';
import { Input } from 'antd';
import type { ReactNode } from 'react';

interface LocalizedInputProps {
  value?: Localized | undefined;
  onChange?: (value: Localized) => void;
  /** What is named: "Label". */
  name: string;
  id?: string;
  disabled?: boolean;
  long?: boolean;
  maxLength?: number;
  status?: '' | 'error';
  autoFocus?: boolean;
}

/** Empty texts are left out. */
export function withText(value: Localized | undefined, locale: keyof Localized, text: string) {
  const next: Localized = { ...value, [locale]: text };
  if (text === '') delete next[locale];
  return next;
}

export function LocalizedInput(props: LocalizedInputProps): ReactNode {
  const { value, onChange, name, id, disabled, long, status = '' } = props;
  const { t } = useText();
  const shared = {
    ...(disabled && { disabled }),
    maxLength: props.maxLength ?? 100,
    status,
  };
  const set = (locale: keyof Localized) => (event: { target: { value: string } }) =>
    onChange?.(withText(value, locale, event.target.value));
  const chinese = {
    ...shared,
    ...(id && { id }),
    ...(props.autoFocus && { autoFocus: true }),
    value: value?.['zh-CN'] ?? '',
    onChange: set('zh-CN'),
    'aria-label': t('studio.common.in_chinese', { name }),
    placeholder: t('studio.common.chinese'),
  };
  const english = {
    ...shared,
    value: value?.en ?? '',
    onChange: set('en'),
    'aria-label': t('studio.common.in_english', { name }),
    placeholder: t('studio.common.english'),
  };
  return (
    <div className="studio-pair">
      {long ? <Input.TextArea autoSize {...chinese} /> : <Input {...chinese} />}
      {long ? <Input.TextArea autoSize {...english} /> : <Input {...english} />}
    </div>
  );
}
