// One field: its name, type and settings, with a look at what people will see.

import type { EntityDefinition, Field, FieldType, FieldValue } from '@hougu/api/types';
import { kindOf } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { usePhone } from '@hougu/ui';
import { Alert, Button, Checkbox, Collapse, Drawer, Form, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { LocalizedInput } from '../parts/localized_input';
import { suggestName } from '../parts/names';
import { checkField, type Faults } from './check_field';
import { DefaultInput } from './default_input';
import type { PlacedFault } from './faults';
import { FieldSettings } from './field_settings';
import { Item } from './item';
import { TypeIcon } from './type_icon';
import {
  mayBeRequired,
  mayBeUnique,
  mayHaveDefault,
  mayStandInside,
  typeGroups,
  typeSettings,
  typesAfter,
  withType,
} from './type_settings';

export interface FieldDrawerProps {
  open: boolean;
  /** Without it a new one is made. */
  field: Field | undefined;
  /** As published; what data hangs on can't be changed. */
  published: Field | undefined;
  /** Names of the fields beside it. */
  others: string[];
  entities: EntityDefinition[];
  faults: PlacedFault[];
  /** A column of a child table. */
  inside?: boolean;
  onClose: () => void;
  onDone: (field: Field) => void;
}

export function FieldDrawer(props: FieldDrawerProps): ReactNode {
  const { published, others, inside, onClose } = props;
  const { t } = useText();
  const phone = usePhone();
  const [field, setField] = useState<Field>(
    () =>
      props.field ?? {
        name: suggestName(undefined, others, 'field'),
        type: 'text',
        label: {},
      },
  );
  const [named, setNamed] = useState(props.field !== undefined);
  const [tried, setTried] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const set = (change: Partial<Field>) => {
    const next = { ...field, ...change };
    for (const key of Object.keys(change) as (keyof Field)[]) {
      const value = change[key];
      // "fold" holds when nothing is said: its false has to stay.
      const nothing = value === undefined || value === '' || (value === false && key !== 'fold');
      if (nothing) delete next[key];
    }
    setField(next);
    if (tried) setFaults(checkField(next, others));
  };
  // What is wrong must not be folded away.
  const isFolded = (place: string) =>
    place === 'name' ||
    place === 'default' ||
    typeSettings[field.type].some((setting) => setting.advanced && setting.name === place);
  const [more, setMore] = useState(() => props.faults.some((fault) => isFolded(fault.place)));
  const done = () => {
    const found = checkField(field, others);
    setFaults(found);
    setTried(true);
    if (Object.keys(found).length === 0) props.onDone(field);
    else if (Object.keys(found).some(isFolded)) setMore(true);
  };
  const sent = Object.fromEntries(props.faults.map((fault) => [fault.place, fault.message]));
  const complaint = (place: string): string | undefined => {
    const key = faults[place];
    return key ? t(`studio.fault.${key}`) : tried ? undefined : sent[place];
  };
  const fixed = published?.core === true;
  const advanced = typeSettings[field.type].filter((setting) => setting.advanced);
  const plain = typeSettings[field.type].filter((setting) => !setting.advanced);
  const settings = (list: typeof plain) => (
    <FieldSettings
      field={field}
      published={published}
      settings={list}
      entities={props.entities}
      complaint={complaint}
      onChange={set}
    />
  );

  return (
    <Drawer
      open={props.open}
      onClose={onClose}
      size={phone ? '100%' : 560}
      title={props.field ? t('studio.entity.edit_field_title') : t('studio.entity.add_field')}
      footer={
        <div className="studio-actions studio-end">
          <Button onClick={onClose}>{t('ui.action.cancel')}</Button>
          <Button type="primary" onClick={done}>
            {t('studio.entity.field_done')}
          </Button>
        </div>
      }
    >
      {fixed && (
        <Alert
          type="info"
          showIcon
          className="studio-gap"
          title={t(
            published?.managed ? 'studio.entity.managed_help' : 'studio.entity.core_field_help',
          )}
        />
      )}
      {sent[''] && <Alert type="error" showIcon title={sent['']} className="studio-gap" />}
      <Form layout="vertical" component={false} requiredMark={false}>
        <Item label={t('studio.setting.label')} fault={complaint('label')} htmlFor="field-label">
          <LocalizedInput
            id="field-label"
            name={t('studio.setting.label')}
            autoFocus={!props.field}
            value={field.label}
            onChange={(label) =>
              set(named ? { label } : { label, name: suggestName(label.en, others, 'field') })
            }
          />
        </Item>
        <Item label={t('studio.setting.type')} htmlFor="field-type" fault={complaint('type')}>
          <TypeSelect
            field={field}
            published={published}
            inside={inside ?? false}
            onType={(type) => setField(withType(field, type))}
          />
        </Item>
        {settings(plain)}
        <Item>
          <div className="studio-checks">
            {mayBeRequired(field.type) && (
              <Checkbox
                checked={field.required ?? false}
                onChange={(event) => set({ required: event.target.checked })}
              >
                {t('studio.setting.required')}
              </Checkbox>
            )}
            {mayBeUnique(field.type) && !inside && (
              <Checkbox
                checked={field.unique ?? false}
                onChange={(event) => set({ unique: event.target.checked })}
              >
                {t('studio.entity.unique_long')}
              </Checkbox>
            )}
            {!inside && (
              <Checkbox
                checked={field.personal ?? false}
                onChange={(event) => set({ personal: event.target.checked })}
              >
                {t('studio.entity.personal_long')}
              </Checkbox>
            )}
          </div>
        </Item>
        <Item label={t('studio.setting.help')} htmlFor="field-help" fault={complaint('help')}>
          <LocalizedInput
            id="field-help"
            long
            maxLength={300}
            name={t('studio.setting.help')}
            value={field.help}
            onChange={(help) => {
              const { help: _, ...rest } = field;
              setField(Object.keys(help).length === 0 ? rest : { ...rest, help });
            }}
          />
        </Item>
        <Preview field={field} />
        <Collapse
          ghost
          className="studio-advanced"
          activeKey={more ? ['more'] : []}
          onChange={(keys) => setMore(keys.length > 0)}
          items={[
            {
              key: 'more',
              label: t('studio.entity.advanced'),
              forceRender: true,
              children: (
                <>
                  <Item
                    label={t('studio.common.code')}
                    extra={t(
                      published ? 'studio.entity.code_fixed' : 'studio.entity.field_code_help',
                    )}
                    fault={complaint('name')}
                    htmlFor="field-name"
                  >
                    <Input
                      id="field-name"
                      className="studio-mono"
                      disabled={published !== undefined}
                      value={field.name}
                      onChange={(event) => {
                        setNamed(true);
                        // Kept while it is empty: every field has a name.
                        const next = { ...field, name: event.target.value.trim() };
                        setField(next);
                        if (tried) setFaults(checkField(next, others));
                      }}
                    />
                  </Item>
                  {mayHaveDefault(field.type) && !field.managed && (
                    <Item label={t('studio.setting.default')} fault={complaint('default')}>
                      <DefaultInput field={field} onChange={(value) => set({ default: value })} />
                    </Item>
                  )}
                  {settings(advanced)}
                </>
              ),
            },
          ]}
        />
      </Form>
    </Drawer>
  );
}

interface TypeSelectProps {
  field: Field;
  published: Field | undefined;
  inside: boolean;
  onType: (type: FieldType) => void;
}

function TypeSelect({ field, published, inside, onType }: TypeSelectProps): ReactNode {
  const { t } = useText();
  const allowed = published && !published.core ? typesAfter(published.type) : null;
  const options = typeGroups
    .map((group) => ({
      label: t(`studio.type_group.${group.key}`),
      options: group.types
        .filter((type) => (!inside || mayStandInside(type)) && (!allowed || allowed.includes(type)))
        .map((type) => ({ value: type, label: t(`studio.type.${type}`) })),
    }))
    .filter((group) => group.options.length > 0);
  return (
    <Select
      id="field-type"
      value={field.type}
      disabled={published?.core === true}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      onChange={onType}
      optionRender={(option) => (
        <span className="studio-inline">
          <TypeIcon type={option.value as FieldType} />
          <span>{option.label}</span>
          <small className="studio-soft hougu-cut">{t(`studio.type_help.${option.value}`)}</small>
        </span>
      )}
      listHeight={360}
    />
  );
}

function Preview({ field }: { field: Field }): ReactNode {
  const { t, localized } = useText();
  const [value, setValue] = useState<FieldValue>(null);
  const kind = kindOf(field.type);
  // A choice or a relation without its target has nothing to show yet.
  const ready =
    (field.choices?.length ?? 1) > 0 &&
    (!['relation', 'relation_many'].includes(field.type) || field.entity);
  return (
    <section className="studio-preview" aria-label={t('studio.entity.preview')}>
      <h3>{t('studio.entity.preview')}</h3>
      <label htmlFor="field-preview">
        {localized(field.label) || t('studio.entity.unnamed')}
        {field.required && <span className="studio-wrong"> *</span>}
      </label>
      {ready ? (
        <kind.Editor
          key={field.type}
          field={field}
          id="field-preview"
          value={value}
          onChange={setValue}
        />
      ) : (
        <p className="studio-soft">{t('studio.entity.preview_later')}</p>
      )}
      {field.help && <small className="studio-soft">{localized(field.help)}</small>}
    </section>
  );
}
