// The forms and the views of a record type: a list at the left, the chosen one's editor beside it.
import { useText } from '@hougu/i18n';
import { EmptyState } from '@hougu/ui';
import { Alert, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { suggestName } from '../parts/names';
import { type Area, faultsOf, type PlacedFault } from './faults';
import { ListPicker, type Named } from './list_picker';

/** The texts of a tab: "forms" → studio.forms.add, studio.entity.tab_forms, … */
type Tab = Extract<Area, 'forms' | 'views'>;

interface ListTabProps<T extends Named> {
  tab: Tab;
  items: T[];
  faults: PlacedFault[];
  /** Of suggested names: "form" → form_1. */
  prefix: string;
  make: (name: string) => T;
  /** Beside a name in the list. */
  extra: (item: T) => ReactNode;
  /** Beside the heading of the chosen one. */
  action?: (item: T) => ReactNode;
  editor: (item: T) => ReactNode;
  onChange: (items: T[]) => void;
}

export function ListTab<T extends Named>(props: ListTabProps<T>): ReactNode {
  const { tab, items, faults, prefix, make, onChange } = props;
  const { t, localized } = useText();
  const [chosen, setChosen] = useState(items[0]?.name);
  const item = items.find((one) => one.name === chosen) ?? items[0];
  const title = t(`studio.entity.tab_${tab}`);
  const addLabel = t(`studio.${tab}.add`);
  const add = () => {
    const taken = items.map((one) => one.name);
    const name = suggestName(undefined, taken, prefix);
    onChange([...items, make(name)]);
    setChosen(name);
  };
  return (
    <section aria-label={title}>
      <p className="studio-soft">{t(`studio.${tab}.intro`)}</p>
      {faultsOf(faults, tab, null).map((fault) => (
        <Alert key={fault.message} type="error" showIcon title={fault.message} />
      ))}
      <div className="studio-split studio-split-narrow">
        <ListPicker
          items={items}
          chosen={item?.name}
          wrong={(name) => faultsOf(faults, tab, name).length > 0}
          label={title}
          addLabel={addLabel}
          extra={props.extra}
          onChoose={setChosen}
          onChange={onChange}
          onAdd={add}
        />
        <div className="studio-card">
          {item ? (
            <>
              <div className="studio-card-head">
                <h2 className="hougu-cut">{localized(item.label) || t('studio.entity.unnamed')}</h2>
                {props.action?.(item)}
              </div>
              {faultsOf(faults, tab, item.name).map((fault) => (
                <Alert
                  key={fault.place + fault.message}
                  type="error"
                  showIcon
                  title={fault.message}
                  className="studio-gap"
                />
              ))}
              {props.editor(item)}
            </>
          ) : (
            <EmptyState
              title={t(`studio.${tab}.none`)}
              action={<Button onClick={add}>{addLabel}</Button>}
            >
              {t(`studio.${tab}.none_text`)}
            </EmptyState>
          )}
        </div>
      </div>
    </section>
  );
}
