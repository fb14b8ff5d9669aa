// An ordered choice of fields: for titles, columns, indexes and the sections of forms.
import { CloseOutlined } from '@ant-design/icons';
import type { Field } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { moved, SortableList } from '../parts/sortable_list';

interface FieldListProps {
  names: string[];
  onChange: (names: string[]) => void;
  /** What may be chosen. */
  fields: Field[];
  label: string;
  addLabel: string;
  /** Behind a field's name. */
  extra?: (name: string) => ReactNode;
}

export function FieldList(props: FieldListProps): ReactNode {
  const { names, onChange, fields, label, addLabel, extra } = props;
  const { t, localized } = useText();
  const nameOf = (name: string) =>
    localized(fields.find((field) => field.name === name)?.label) || name;
  const left = fields.filter((field) => !names.includes(field.name));
  return (
    <div>
      <SortableList
        label={label}
        items={names}
        idOf={(name) => name}
        nameOf={nameOf}
        onMove={(from, to) => onChange(moved(names, from, to))}
        className="studio-rows studio-chips"
        row={(name, _, handle) => (
          <div className="studio-chip">
            {handle}
            <span className="hougu-cut studio-grow" title={nameOf(name)}>
              {nameOf(name)}
            </span>
            {extra?.(name)}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('studio.entity.remove_name', { name: nameOf(name) })}
              onClick={() => onChange(names.filter((one) => one !== name))}
            />
          </div>
        )}
      />
      {left.length > 0 && (
        <Select
          className="studio-add-field"
          value={null}
          placeholder={addLabel}
          aria-label={addLabel}
          showSearch={{ optionFilterProp: 'label' }}
          options={left.map((field) => ({
            value: field.name,
            label: localized(field.label) || field.name,
          }))}
          onChange={(name: string | null) => name && onChange([...names, name])}
        />
      )}
    </div>
  );
}
