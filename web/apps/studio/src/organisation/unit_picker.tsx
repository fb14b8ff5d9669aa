// Picks one unit, or several, from the tree.
import { useText } from '@hougu/i18n';
import { TreeSelect } from 'antd';
import type { ReactNode } from 'react';
import { useUnits } from './unit_queries';
import { unitOptions } from './unit_tree';

interface Shared {
  id?: string;
  placeholder?: string;
  disabled?: boolean;
  /** Units that can't be chosen. */
  without?: ReadonlySet<string>;
  'aria-label'?: string;
  style?: React.CSSProperties;
}

export interface UnitPickerProps extends Shared {
  value?: string | null;
  onChange?: (value: string | null) => void;
}

export function UnitPicker({ value, onChange, without, ...rest }: UnitPickerProps): ReactNode {
  const { t } = useText();
  const units = useUnits();
  return (
    <TreeSelect
      {...rest}
      style={rest.style ?? { width: '100%' }}
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeDefaultExpandAll
      loading={units.isPending}
      value={value ?? undefined}
      placeholder={rest.placeholder ?? t('studio.unit.placeholder')}
      notFoundContent={t('studio.common.nothing_found')}
      treeData={unitOptions(units.data ?? [], {
        keep: value ? [value] : [],
        ...(without && { disabled: without }),
      })}
      onChange={(next: string | undefined) => onChange?.(next ?? null)}
    />
  );
}

export interface UnitsPickerProps extends Shared {
  value?: string[];
  onChange?: (value: string[]) => void;
}

export function UnitsPicker({ value, onChange, without, ...rest }: UnitsPickerProps): ReactNode {
  const { t } = useText();
  const units = useUnits();
  return (
    <TreeSelect
      {...rest}
      style={rest.style ?? { width: '100%' }}
      multiple
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeDefaultExpandAll
      loading={units.isPending}
      value={value ?? []}
      placeholder={rest.placeholder ?? t('studio.unit.placeholder')}
      notFoundContent={t('studio.common.nothing_found')}
      treeData={unitOptions(units.data ?? [], {
        keep: value ?? [],
        ...(without && { disabled: without }),
      })}
      onChange={(next: string[]) => onChange?.(next)}
    />
  );
}
