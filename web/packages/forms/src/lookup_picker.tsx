// Picks records of an entity (or users, teams) by a few letters of their title.
import { useLookup } from '@hougu/api/queries';
import type { Ref } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';

/** The value as it was a moment ago: what is typed is asked for when the fingers rest. */
export function useSettled<T>(value: T, pause = 200): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}

interface Shared {
  /** Entity name, `user` or `team`. */
  entity: string;
  id?: string;
  disabled?: boolean;
  status?: '' | 'error';
  autoFocus?: boolean;
  placeholder?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  defaultOpen?: boolean;
  allowClear?: boolean;
}

interface Offered {
  value: string;
  label: string;
  hint: string;
  inTeam?: boolean;
}
interface Group {
  label: string;
  options: Offered[];
}

/** Those of the team above the others; as they are when none of them is in it. */
export function teamFirst(options: Offered[], team: string, others: string): (Offered | Group)[] {
  // Their group's heading says the team already.
  const mates = options
    .filter((option) => option.inTeam)
    .map((option) => ({ ...option, hint: option.hint === team ? '' : option.hint }));
  const rest = options.filter((option) => !option.inTeam);
  if (mates.length === 0) return options;
  return [
    { label: team, options: mates },
    ...(rest.length > 0 ? [{ label: others, options: rest }] : []),
  ];
}

function useOptions(entity: string, chosen: Ref[], limit?: number, team?: string) {
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState(false);
  const settled = useSettled(search);
  const { data, isFetching } = useLookup(entity, settled, open, limit, team);
  const items = data ?? [];
  const known = new Map<string, Ref>([...chosen, ...items].map((item) => [item.id, item]));
  const options = items.map((item) => ({
    value: item.id,
    label: item.title,
    hint: item.hint ?? '',
    inTeam: item.in_team ?? false,
  }));
  // What is chosen has to be among the options to be shown by its title.
  for (const ref of chosen) {
    if (!items.some((item) => item.id === ref.id))
      options.push({ value: ref.id, label: ref.title, hint: '', inTeam: false });
  }
  return { search, setSearch, setOpen, options, known, isFetching };
}

function Option({ label, hint }: { label: ReactNode; hint: string }): ReactNode {
  return (
    <div style={{ display: 'flex', gap: 8, justifyContent: 'space-between' }}>
      <span className="hougu-cut" style={{ flexShrink: 0, maxWidth: '100%' }}>
        {label}
      </span>
      {hint && (
        <span className="hougu-cut" style={{ color: 'var(--hougu-text-soft)', fontSize: 12 }}>
          {hint}
        </span>
      )}
    </div>
  );
}

export interface LookupPickerProps extends Shared {
  value: Ref | null;
  onChange: (value: Ref | null) => void;
  /** Of users: the team whose people come first. */
  team?: Ref | null | undefined;
}

export function LookupPicker({
  entity,
  team,
  value,
  onChange,
  defaultOpen,
  ...rest
}: LookupPickerProps): ReactNode {
  const { t } = useText();
  const picker = useOptions(entity, value ? [value] : [], team ? 50 : 20, team?.id);
  const { setOpen } = picker;
  useEffect(() => {
    if (defaultOpen) setOpen(true);
  }, [defaultOpen, setOpen]);
  return (
    <Select
      {...rest}
      defaultOpen={defaultOpen ?? false}
      style={{ width: '100%' }}
      allowClear={rest.allowClear ?? true}
      showSearch={{ filterOption: false, onSearch: picker.setSearch }}
      value={value?.id ?? null}
      options={
        team ? teamFirst(picker.options, team.title, t('forms.lookup.others')) : picker.options
      }
      optionRender={({ data, label }) => (
        <Option label={label} hint={'hint' in data ? data.hint : ''} />
      )}
      placeholder={rest.placeholder ?? t('forms.lookup.placeholder')}
      notFoundContent={picker.isFetching ? t('forms.lookup.busy') : t('forms.lookup.none')}
      onOpenChange={picker.setOpen}
      onChange={(id) => {
        const ref = id ? picker.known.get(id) : undefined;
        onChange(ref ? { id: ref.id, title: ref.title } : null);
      }}
    />
  );
}

export interface LookupManyProps extends Shared {
  value: Ref[];
  onChange: (value: Ref[]) => void;
}

export function LookupMany({
  entity,
  value,
  onChange,
  defaultOpen,
  ...rest
}: LookupManyProps): ReactNode {
  const { t } = useText();
  const picker = useOptions(entity, value);
  return (
    <Select
      {...rest}
      mode="multiple"
      style={{ width: '100%' }}
      showSearch={{ filterOption: false, onSearch: picker.setSearch }}
      value={value.map((ref) => ref.id)}
      options={picker.options}
      optionRender={(option) => <Option label={option.data.label} hint={option.data.hint} />}
      placeholder={rest.placeholder ?? t('forms.lookup.placeholder')}
      notFoundContent={picker.isFetching ? t('forms.lookup.busy') : t('forms.lookup.none')}
      onOpenChange={picker.setOpen}
      onChange={(ids: string[]) =>
        onChange(
          ids.flatMap((id) => {
            const ref = picker.known.get(id);
            return ref ? [{ id: ref.id, title: ref.title }] : [];
          }),
        )
      }
    />
  );
}
