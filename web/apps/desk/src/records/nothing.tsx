// What stands in a list's place when it is empty.
import { DeleteOutlined } from '@ant-design/icons';
import type { EntityDefinition } from '@hougu/api/types';
import { inSentence, useText } from '@hougu/i18n';
import { EmptyState } from '@hougu/ui';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { EntityIcon } from '../frame/entity_icon';

interface NothingProps {
  entity: EntityDefinition;
  bin: boolean;
  asked: boolean;
  onClear: () => void;
  onNew: () => void;
}

export function Nothing({ entity, bin, asked, onClear, onNew }: NothingProps): ReactNode {
  const { t, localized } = useText();
  const label = localized(entity.label);
  const icon = <EntityIcon icon={entity.icon} />;
  if (asked) {
    return (
      <EmptyState
        icon={icon}
        title={t('desk.queue.none_found')}
        action={<Button onClick={onClear}>{t('desk.filter.clear')}</Button>}
      >
        {t('desk.queue.none_found_why')}
      </EmptyState>
    );
  }
  if (bin)
    return (
      <EmptyState icon={<DeleteOutlined />} title={t('desk.records.bin_empty')}>
        {t('desk.records.bin_why')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={icon}
      title={t('desk.records.empty', { entity: inSentence(label) })}
      action={
        entity.grants.create &&
        !entity.history_only && (
          <Button onClick={onNew}>{t('desk.records.new', { entity: inSentence(label) })}</Button>
        )
      }
    >
      {t('desk.records.empty_why', { entity: inSentence(label) })}
    </EmptyState>
  );
}
