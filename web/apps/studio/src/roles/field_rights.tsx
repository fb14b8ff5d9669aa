// Which fields of an entity a role may see and change.
import type { EntityDefinition, FieldRight, Grant } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { matches, StatusTag, usePhone } from '@hougu/ui';
import { Button, Drawer, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { withField } from './grants';

interface FieldRightsProps {
  open: boolean;
  entity: EntityDefinition;
  grant: Grant;
  readOnly: boolean;
  onChange: (grant: Grant) => void;
  onClose: () => void;
}

const rights: FieldRight[] = ['write', 'read', 'masked', 'none'];

export function FieldRights(props: FieldRightsProps): ReactNode {
  const { entity, grant, readOnly, onChange } = props;
  const { t, localized } = useText();
  const phone = usePhone();
  const [search, setSearch] = useState('');
  const fields = entity.fields.filter(
    (field) =>
      !field.archived &&
      (search.trim() === '' || matches(`${localized(field.label)} ${field.name}`, search.trim())),
  );
  const personal = entity.fields.filter((field) => field.personal && !field.archived);
  const maskPersonal = () =>
    onChange(personal.reduce((now, field) => withField(now, field.name, 'masked'), grant));
  return (
    <Drawer
      open={props.open}
      onClose={props.onClose}
      size={phone ? '100%' : 520}
      title={t('studio.roles.fields_title', { entity: localized(entity.label) })}
    >
      <p className="studio-soft">{t('studio.roles.fields_text')}</p>
      <div className="studio-bar">
        <Input
          allowClear
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t('studio.roles.find_field')}
          aria-label={t('studio.roles.find_field')}
        />
        {personal.length > 0 && !readOnly && (
          <Button onClick={maskPersonal}>{t('studio.roles.mask_personal')}</Button>
        )}
      </div>
      <div className="studio-lines">
        {fields.map((field) => (
          <div key={field.name} className="studio-line">
            <span className="studio-inline">
              <span className="hougu-cut" title={localized(field.label)}>
                {localized(field.label)}
              </span>
              {field.personal && (
                <StatusTag color="purple">{t('studio.entity.personal')}</StatusTag>
              )}
            </span>
            <Select
              className="studio-scope"
              disabled={readOnly}
              value={grant.fields?.[field.name] ?? 'write'}
              aria-label={localized(field.label)}
              onChange={(right: FieldRight) => onChange(withField(grant, field.name, right))}
              options={rights.map((right) => ({
                value: right,
                label: t(`studio.field_right.${right}`),
              }))}
            />
          </div>
        ))}
        {fields.length === 0 && <p className="studio-soft">{t('studio.common.nothing_found')}</p>}
      </div>
    </Drawer>
  );
}
