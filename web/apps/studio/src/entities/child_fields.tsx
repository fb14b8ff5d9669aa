// The columns of a child table; each is a field with a drawer of its own.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { EntityDefinition, Field } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { moved, SortableList } from '../parts/sortable_list';
import { FieldDrawer } from './field_drawer';
import { TypeIcon } from './type_icon';

interface ChildFieldsProps {
  fields: Field[];
  published: Field[];
  entities: EntityDefinition[];
  complaint: (place: string) => string | undefined;
  onChange: (fields: Field[]) => void;
}

export function ChildFields(props: ChildFieldsProps): ReactNode {
  const { fields, published, complaint, onChange } = props;
  const { t, localized } = useText();
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  const edited = typeof editing === 'number' ? fields[editing] : undefined;
  const faultsAt = (at: number) =>
    ['label', 'name', 'type', 'choices', 'min', 'max', 'default', 'entity'].flatMap((place) => {
      const message = complaint(`fields[${at}].${place}`);
      return message ? [{ area: 'fields' as const, name: null, place, message }] : [];
    });
  return (
    <div>
      <SortableList
        label={t('studio.setting.columns')}
        items={fields}
        idOf={(field) => field.name}
        nameOf={(field) => localized(field.label)}
        onMove={(from, to) => onChange(moved(fields, from, to))}
        row={(field, at, handle) => (
          <div className={faultsAt(at).length > 0 ? 'studio-row studio-row-wrong' : 'studio-row'}>
            {handle}
            <span className="studio-type">
              <TypeIcon type={field.type} />
            </span>
            <span className="studio-row-words">
              <button type="button" className="studio-link" onClick={() => setEditing(at)}>
                {localized(field.label) || field.name}
              </button>
              <small className="studio-soft">{t(`studio.type.${field.type}`)}</small>
              {faultsAt(at).map((fault) => (
                <small key={fault.place} className="studio-wrong">
                  {fault.message}
                </small>
              ))}
            </span>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              onClick={() => onChange(fields.filter((one) => one !== field))}
              aria-label={t('studio.entity.remove_name', { name: localized(field.label) })}
            />
          </div>
        )}
      />
      <Button size="small" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
        {t('studio.entity.add_column')}
      </Button>
      <FieldDrawer
        key={String(editing)}
        open={editing !== null}
        inside
        field={edited}
        published={published.find((one) => one.name === edited?.name)}
        others={fields.filter((one) => one !== edited).map((one) => one.name)}
        entities={props.entities}
        faults={typeof editing === 'number' ? faultsAt(editing) : []}
        onClose={() => setEditing(null)}
        onDone={(field) => {
          onChange(
            typeof editing === 'number'
              ? fields.map((one, i) => (i === editing ? field : one))
              : [...fields, field],
          );
          setEditing(null);
        }}
      />
    </div>
  );
}
