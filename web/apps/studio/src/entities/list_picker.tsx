// The list of forms or of views at the left: choose one, put them in order, add, remove.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { Localized } from '@hougu/i18n';
import { useText } from '@hougu/i18n';
import { usePhone } from '@hougu/ui';
import { Button } from 'antd';
import { type ReactNode, useRef } from 'react';
import { moved, SortableList } from '../parts/sortable_list';

export interface Named {
  name: string;
  label: Localized;
}

interface ListPickerProps<T extends Named> {
  items: T[];
  chosen: string | undefined;
  wrong: (name: string) => boolean;
  label: string;
  addLabel: string;
  extra?: (item: T) => ReactNode;
  onChoose: (name: string) => void;
  onChange: (items: T[]) => void;
  onAdd: () => void;
}

export function ListPicker<T extends Named>(props: ListPickerProps<T>): ReactNode {
  const { items, chosen, onChange } = props;
  const { t, localized } = useText();
  const phone = usePhone();
  const card = useRef<HTMLDivElement>(null);
  const choose = (name: string) => {
    props.onChoose(name);
    // On phones the editor stands below the list.
    if (phone) card.current?.nextElementSibling?.scrollIntoView({ block: 'start' });
  };
  return (
    <div className="studio-card" ref={card}>
      <SortableList
        label={props.label}
        items={items}
        idOf={(item) => item.name}
        nameOf={(item) => localized(item.label)}
        onMove={(from, to) => onChange(moved(items, from, to))}
        row={(item, _, handle) => {
          const classes = ['studio-row'];
          if (item.name === chosen) classes.push('studio-row-chosen');
          if (props.wrong(item.name)) classes.push('studio-row-wrong');
          return (
            <div className={classes.join(' ')}>
              {handle}
              <span className="studio-row-words">
                <button
                  type="button"
                  className="studio-link hougu-cut"
                  aria-current={item.name === chosen}
                  onClick={() => choose(item.name)}
                >
                  {localized(item.label) || t('studio.entity.unnamed')}
                </button>
                {props.extra?.(item)}
              </span>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('studio.entity.remove_name', { name: localized(item.label) })}
                onClick={() => onChange(items.filter((one) => one !== item))}
              />
            </div>
          );
        }}
      />
      <Button icon={<PlusOutlined />} onClick={props.onAdd}>
        {props.addLabel}
      </Button>
    </div>
  );
}
