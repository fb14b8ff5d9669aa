// Which rows: everything, or any of several circles.
import type { Scope } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { afterClick, scopeList } from './grants';

interface ScopePickerProps {
  value: Scope | Scope[] | undefined;
  onChange: (list: Scope[]) => void;
  /** Scopes that can hold here. */
  usable: Scope[];
  label: string;
  placeholder?: string;
  disabled?: boolean;
}

export function ScopePicker(props: ScopePickerProps): ReactNode {
  const { usable, label, onChange, disabled } = props;
  const { t } = useText();
  const value = scopeList(props.value);
  const words = value.map((scope) => t(`studio.scope.${scope}`)).join(t('studio.common.comma'));
  const shown = [...usable, ...value.filter((scope) => !usable.includes(scope))];
  return (
    <Select
      mode="multiple"
      showSearch={false}
      className="studio-scope"
      maxTagCount={0}
      maxTagPlaceholder={() => <span title={words}>{words}</span>}
      disabled={disabled ?? false}
      value={value}
      onChange={(clicked: Scope[]) => onChange(afterClick(value, clicked))}
      aria-label={label}
      placeholder={props.placeholder ?? t('studio.scope.none')}
      popupMatchSelectWidth={220}
      options={shown.map((scope) => ({ value: scope, label: t(`studio.scope.${scope}`) }))}
    />
  );
}
