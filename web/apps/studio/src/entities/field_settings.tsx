// The settings that a field's type has.
import type { EntityDefinition, Field } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Checkbox, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { numberExample } from './check_field';
import { ChildFields } from './child_fields';
import { ChoicesEditor } from './choices_editor';
import { Item } from './item';
import type { Setting } from './type_settings';

interface FieldSettingsProps {
  field: Field;
  published: Field | undefined;
  settings: readonly Setting[];
  entities: EntityDefinition[];
  complaint: (place: string) => string | undefined;
  onChange: (change: Partial<Field>) => void;
}

export function FieldSettings(props: FieldSettingsProps): ReactNode {
  return props.settings.map((setting) => (
    <SettingInput key={setting.name} {...props} setting={setting} />
  ));
}

const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP'];

function SettingInput(props: FieldSettingsProps & { setting: Setting }): ReactNode {
  const { field, published, setting, complaint, onChange, entities } = props;
  const { t, localized } = useText();
  const { name, kind, otherwise } = setting;
  const fault = complaint(name);
  const value = field[name];
  const set = (next: unknown) =>
    onChange({ [name]: next === null || next === '' ? undefined : next } as Partial<Field>);
  const id = `field-${name}`;
  const label = t(`studio.setting.${name}`);
  const placeholder = otherwise === undefined ? {} : { placeholder: String(otherwise) };
  const item = (children: ReactNode, extra?: ReactNode, words = label) => (
    <Item label={words} fault={fault} extra={extra} htmlFor={id}>
      {children}
    </Item>
  );

  switch (kind) {
    case 'integer':
      return item(
        <InputNumber
          id={id}
          className="studio-number"
          precision={0}
          {...(setting.low !== undefined && { min: setting.low })}
          {...(setting.high !== undefined && { max: setting.high })}
          {...placeholder}
          value={typeof value === 'number' ? value : null}
          onChange={set}
        />,
        field.type === 'duration' ? t('studio.entity.in_seconds') : undefined,
      );
    case 'decimal':
      return item(
        <InputNumber
          id={id}
          className="studio-number"
          stringMode
          value={value === undefined ? null : String(value)}
          onChange={set}
        />,
      );
    case 'day':
      return item(
        <Input
          id={id}
          value={typeof value === 'string' ? value : ''}
          placeholder="2026-01-31"
          onChange={(event) => set(event.target.value.trim())}
        />,
        t('studio.entity.day_help'),
      );
    case 'text':
      return item(
        <Input
          id={id}
          maxLength={20}
          value={typeof value === 'string' ? value : ''}
          placeholder={t('studio.entity.unit_example')}
          onChange={(event) => set(event.target.value)}
        />,
      );
    case 'pattern':
      return item(
        <Input
          id={id}
          className="studio-mono"
          value={typeof value === 'string' ? value : ''}
          placeholder="^[A-Z]{2}[0-9]{6}$"
          onChange={(event) => set(event.target.value)}
        />,
        t('studio.entity.pattern_help'),
      );
    case 'number_pattern': {
      const example = typeof value === 'string' ? numberExample(value, new Date()) : null;
      return item(
        <Input
          id={id}
          className="studio-mono"
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => set(event.target.value)}
        />,
        <>
          {example && <strong>{t('studio.entity.number_example', { example })} </strong>}
          {t('studio.entity.number_help')}
        </>,
        t('studio.setting.number_pattern'),
      );
    }
    case 'words':
      return item(
        <Select
          id={id}
          mode="tags"
          value={Array.isArray(value) ? (value as string[]) : []}
          tokenSeparators={[',', ' ']}
          placeholder=".pdf"
          onChange={(words: string[]) => set(words.length > 0 ? words : null)}
          open={false}
          suffixIcon={null}
        />,
        t('studio.entity.accept_help'),
      );
    case 'currency':
      return item(
        <Select
          id={id}
          allowClear
          {...placeholder}
          value={typeof value === 'string' ? value : undefined}
          options={currencies.map((code) => ({ value: code, label: code }))}
          onChange={set}
        />,
      );
    case 'entity':
      return item(
        <Select
          id={id}
          disabled={published !== undefined}
          status={fault ? 'error' : ''}
          showSearch={{ optionFilterProp: 'label' }}
          value={typeof value === 'string' ? value : undefined}
          placeholder={t('studio.entity.choose_entity')}
          options={entities.map((entity) => ({
            value: entity.name,
            label: localized(entity.label),
          }))}
          onChange={set}
        />,
        published ? t('studio.entity.target_fixed') : undefined,
        t('studio.setting.target'),
      );
    case 'on_delete':
      return item(
        <Select
          id={id}
          value={typeof value === 'string' ? value : 'refuse'}
          options={['refuse', 'clear'].map((word) => ({
            value: word,
            label: t(`studio.entity.on_delete_${word}`),
          }))}
          onChange={set}
        />,
      );
    case 'fold':
      // False has to be said: without a word the letters are folded.
      return item(
        <Checkbox
          checked={value !== false}
          onChange={(event) => onChange({ fold: event.target.checked ? undefined : false })}
        >
          {t('studio.entity.fold')}
        </Checkbox>,
      );
    case 'choices':
      return item(
        <ChoicesEditor
          choices={field.choices ?? []}
          published={published?.choices ?? []}
          fixed={published?.core === true && published.managed === true}
          complaint={complaint}
          onChange={(choices) => onChange({ choices })}
        />,
      );
    case 'fields':
      return item(
        <ChildFields
          fields={field.fields ?? []}
          published={published?.fields ?? []}
          entities={entities}
          complaint={complaint}
          onChange={(fields) => onChange({ fields })}
        />,
        undefined,
        t('studio.setting.columns'),
      );
  }
}
