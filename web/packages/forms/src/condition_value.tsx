// The value of one line of a condition, by the field's type and the operator.
import type { Field, Json, Operator } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { DatePicker, Input, InputNumber, Select, Space } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { daysFromToday, todayPlus } from './conditions';
import { LookupMany, LookupPicker } from './lookup_picker';
import { useKeepTitle, useTitles } from './titles';

export interface ConditionValueProps {
  field: Field;
  op: Operator;
  value: Json;
  onChange: (value: Json) => void;
  label: string;
}

function list(value: Json): string[] {
  if (Array.isArray(value)) return value.filter((one): one is string => typeof one === 'string');
  return typeof value === 'string' && value ? [value] : [];
}

function DateValue({
  value,
  onChange,
  label,
}: Pick<ConditionValueProps, 'value' | 'onChange' | 'label'>): ReactNode {
  const { t } = useText();
  const days = daysFromToday(value);
  const way = days === null ? 'fixed' : days === 0 ? 'today' : days < 0 ? 'ago' : 'ahead';
  const choose = (next: string) => {
    if (next === 'fixed') onChange(null);
    else if (next === 'today') onChange(todayPlus(0));
    else onChange(todayPlus(next === 'ago' ? -7 : 7));
  };
  return (
    <Space.Compact block>
      <Select
        aria-label={`${label} ${t('forms.condition.way')}`}
        style={{ minWidth: 96 }}
        popupMatchSelectWidth={false}
        value={way}
        options={['fixed', 'today', 'ago', 'ahead'].map((name) => ({
          value: name,
          label: t(`forms.condition.date_${name}`),
        }))}
        onChange={choose}
      />
      {way === 'fixed' && (
        <DatePicker
          aria-label={label}
          style={{ width: '100%' }}
          value={typeof value === 'string' && value ? dayjs(value) : null}
          onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : null)}
        />
      )}
      {(way === 'ago' || way === 'ahead') && (
        <InputNumber
          aria-label={label}
          style={{ width: '100%' }}
          min={1}
          max={3650}
          precision={0}
          suffix={t('forms.unit.day')}
          value={Math.abs(days ?? 1)}
          onChange={(next) => onChange(todayPlus((way === 'ago' ? -1 : 1) * (next ?? 1)))}
        />
      )}
    </Space.Compact>
  );
}

const dynamic: Record<string, string> = { user: '$me', team: '$my_teams' };

function RefValue({ field, op, value, onChange, label }: ConditionValueProps): ReactNode {
  const { t } = useText();
  const keep = useKeepTitle();
  const entity = field.type === 'user' || field.type === 'team' ? field.type : (field.entity ?? '');
  const special = dynamic[field.type];
  const many = op === 'in' || op === 'not_in';
  const ids = list(value);
  const refs = useTitles(
    entity,
    ids.filter((id) => !id.startsWith('$')),
  );
  if (special && ids.includes(special)) {
    return (
      <Select
        aria-label={label}
        style={{ width: '100%' }}
        allowClear
        value={special}
        options={[
          {
            value: special,
            label: t(special === '$me' ? 'forms.condition.me' : 'forms.condition.my_teams'),
          },
        ]}
        onChange={() => onChange(null)}
      />
    );
  }
  return (
    <Space.Compact block>
      {many ? (
        <LookupMany
          entity={entity}
          aria-label={label}
          value={refs}
          onChange={(next) => {
            for (const ref of next) keep(entity, ref);
            onChange(next.map((ref) => ref.id));
          }}
        />
      ) : (
        <LookupPicker
          entity={entity}
          aria-label={label}
          value={refs[0] ?? null}
          onChange={(next) => {
            if (next) keep(entity, next);
            onChange(next?.id ?? null);
          }}
        />
      )}
      {special && (
        <Select
          aria-label={t('forms.condition.dynamic')}
          style={{ width: 96 }}
          popupMatchSelectWidth={false}
          placeholder={t('forms.condition.dynamic')}
          value={null}
          options={[
            {
              value: special,
              label: t(special === '$me' ? 'forms.condition.me' : 'forms.condition.my_teams'),
            },
          ]}
          // `$my_teams` stands for a list already.
          onChange={() => onChange(special === '$me' && many ? [special] : special)}
        />
      )}
    </Space.Compact>
  );
}

function One({ field, op, value, onChange, label }: ConditionValueProps): ReactNode {
  const { t, localized } = useText();
  switch (field.type) {
    case 'single_choice':
    case 'multiple_choice': {
      const many = op === 'in' || op === 'not_in';
      return (
        <Select
          aria-label={label}
          style={{ width: '100%' }}
          {...(many && { mode: 'multiple' as const })}
          showSearch={{ optionFilterProp: 'label' }}
          value={many ? list(value) : (list(value)[0] ?? null)}
          options={(field.choices ?? []).map((choice) => ({
            value: choice.value,
            label: localized(choice.label),
          }))}
          onChange={(next: string | string[] | null) => onChange(next)}
        />
      );
    }
    case 'yes_no':
      return (
        <Select
          aria-label={label}
          style={{ width: '100%' }}
          value={typeof value === 'boolean' ? value : null}
          options={[
            { value: true, label: t('forms.yes') },
            { value: false, label: t('forms.no') },
          ]}
          onChange={(next: boolean) => onChange(next)}
        />
      );
    case 'integer':
    case 'rating':
    case 'duration':
    case 'number':
    case 'money': {
      const whole = field.type !== 'number' && field.type !== 'money';
      return (
        <InputNumber<string>
          stringMode
          aria-label={label}
          style={{ width: '100%' }}
          controls={false}
          value={value === null ? null : String(value)}
          onChange={(next) =>
            onChange(next === null || next === '' ? null : whole ? Number(next) : String(next))
          }
        />
      );
    }
    case 'date':
    case 'date_time':
      return <DateValue value={value} onChange={onChange} label={label} />;
    case 'user':
    case 'team':
    case 'relation':
    case 'relation_many':
      return <RefValue field={field} op={op} value={value} onChange={onChange} label={label} />;
    default:
      return op === 'in' || op === 'not_in' ? (
        <Select
          mode="tags"
          aria-label={label}
          style={{ width: '100%' }}
          value={list(value)}
          onChange={onChange}
        />
      ) : (
        <Input
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value || null)}
        />
      );
  }
}

export function ConditionValue(props: ConditionValueProps): ReactNode {
  const { t } = useText();
  if (props.op !== 'between') return <One {...props} />;
  const [from = null, to = null] = Array.isArray(props.value) ? props.value : [];
  return (
    <Space.Compact block>
      <One
        {...props}
        label={`${props.label} ${t('forms.condition.from')}`}
        value={from}
        onChange={(next) => props.onChange([next, to])}
      />
      <One
        {...props}
        label={`${props.label} ${t('forms.condition.to')}`}
        value={to}
        onChange={(next) => props.onChange([from, next])}
      />
    </Space.Compact>
  );
}
