import { SettingOutlined } from '@ant-design/icons';
import type { EntityDefinition } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Button, Checkbox, Popover } from 'antd';
import type { ReactNode } from 'react';
import { columnFields, type useColumns } from './use_columns';

type Columns = ReturnType<typeof useColumns>;

export function ColumnMenu({
  entity,
  columns,
}: {
  entity: EntityDefinition;
  columns: Columns;
}): ReactNode {
  const { t, localized } = useText();
  const shown = columns.columns.map((column) => column.field.name);
  const toggle = (name: string, on: boolean) =>
    columns.setColumns(on ? [...shown, name] : shown.filter((one) => one !== name));
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('desk.records.columns')}
      content={
        <div className="desk-columns">
          {columnFields(entity).map((field) => (
            <Checkbox
              key={field.name}
              checked={shown.includes(field.name)}
              disabled={shown.length === 1 && shown[0] === field.name}
              onChange={(event) => toggle(field.name, event.target.checked)}
            >
              {localized(field.label)}
            </Checkbox>
          ))}
          <Button size="small" type="link" onClick={columns.reset}>
            {t('desk.records.columns_reset')}
          </Button>
        </div>
      }
    >
      <Button
        icon={<SettingOutlined />}
        aria-label={t('desk.records.columns')}
        title={t('desk.records.columns')}
      />
    </Popover>
  );
}
