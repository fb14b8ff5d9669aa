// One unit: what it is, who belongs to it, and what can be done with it.
import { ApiError, errorText } from '@hougu/api/client';
import type { Unit } from '@hougu/api/types';
import { formatList, useText } from '@hougu/i18n';
import { StatusTag, usePhone, useUndoToast } from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Descriptions } from 'antd';
import { type ReactNode, useState } from 'react';
import { MoveDialog } from './move_dialog';
import { UnitForm } from './unit_form';
import { UnitMembers } from './unit_members';
import { removeUnit, type UnitValues, unitsKey, updateUnit } from './unit_queries';
import { parentId, pathTo } from './unit_tree';

interface UnitDetailProps {
  unit: Unit;
  units: Unit[];
  onMove: (unit: Unit, parent: string | null) => void;
  onAdd: () => void;
  onGone: () => void;
}

function addressText(address: Unit['address']): string {
  if (!address) return '';
  if (typeof address === 'string') return address;
  const { province = '', city = '', district = '', street } = address;
  return [province, city === province ? '' : city, district, street ?? ''].join('');
}

export function UnitDetail({ unit, units, onMove, onAdd, onGone }: UnitDetailProps): ReactNode {
  const { t } = useText();
  const phone = usePhone();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const { modal } = App.useApp();
  const [editing, setEditing] = useState(false);
  const [moving, setMoving] = useState(false);
  const [problem, setProblem] = useState<ReactNode>(null);

  const change = async (values: UnitValues): Promise<boolean> => {
    setProblem(null);
    try {
      await updateUnit(unit.id, values);
      await queries.invalidateQueries({ queryKey: unitsKey });
      return true;
    } catch (error) {
      setProblem(errorText(error));
      return false;
    }
  };
  const archive = async (archived: boolean) => {
    if (!(await change({ archived }))) return;
    toast({
      text: t(
        archived ? 'studio.organisation.archived_done' : 'studio.organisation.restored_done',
        {
          name: unit.name,
        },
      ),
      undo: async () => void (await change({ archived: !archived })),
    });
  };
  const remove = () =>
    modal.confirm({
      title: t('studio.organisation.delete_title', { name: unit.name }),
      content: t('studio.organisation.delete_text'),
      okText: t('ui.action.delete'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await removeUnit(unit.id);
          await queries.invalidateQueries({ queryKey: unitsKey });
          onGone();
        } catch (error) {
          const used = error instanceof ApiError && error.code === 'unit.in_use';
          setProblem(
            <>
              {errorText(error)}{' '}
              {used && !unit.archived && (
                <Button size="small" onClick={() => void archive(true)}>
                  {t('studio.organisation.archive')}
                </Button>
              )}
            </>,
          );
        }
      },
    });

  const above = pathTo(units, unit.id).slice(0, -1);
  const values: UnitValues = {
    name: unit.name,
    kind: unit.kind,
    parent: parentId(unit),
    code: unit.code,
    phone: unit.phone,
    address: addressText(unit.address),
  };
  const dash = <span className="studio-soft">—</span>;
  return (
    <>
      <div className="studio-card-head">
        <h2 className="hougu-cut" title={unit.name}>
          {unit.name}
        </h2>
        <StatusTag color="blue">{t(`studio.unit_kind.${unit.kind}`)}</StatusTag>
        {unit.archived && <StatusTag>{t('studio.common.archived')}</StatusTag>}
      </div>
      <div className="studio-actions studio-gap">
        <Button onClick={onAdd}>{t('studio.organisation.add_below')}</Button>
        <Button onClick={() => setEditing(true)}>{t('ui.action.edit')}</Button>
        <Button onClick={() => setMoving(true)}>{t('studio.organisation.move')}</Button>
        <Button onClick={() => void archive(!unit.archived)}>
          {unit.archived ? t('studio.organisation.restore') : t('studio.organisation.archive')}
        </Button>
        <Button danger onClick={remove}>
          {t('ui.action.delete')}
        </Button>
      </div>
      {problem && (
        <Alert type="error" showIcon role="alert" title={problem} className="studio-gap" />
      )}
      <Descriptions
        size="small"
        column={phone ? 1 : 2}
        items={[
          {
            key: 'path',
            label: t('studio.unit.parent'),
            children: above.length > 0 ? above.map((step) => step.name).join(' / ') : dash,
          },
          { key: 'code', label: t('studio.unit.code'), children: unit.code || dash },
          { key: 'phone', label: t('studio.unit.phone'), children: unit.phone || dash },
          {
            key: 'address',
            label: t('studio.unit.address'),
            children: addressText(unit.address) || dash,
          },
          {
            key: 'below',
            label: t('studio.unit.below'),
            children:
              formatList(
                units.filter((u) => parentId(u) === unit.id && !u.archived).map((u) => u.name),
              ) || dash,
          },
        ]}
      />
      <UnitMembers unit={unit} />
      <UnitForm
        open={editing}
        units={units}
        unit={unit}
        initial={values}
        onClose={() => setEditing(false)}
        onSaved={() => setEditing(false)}
      />
      <MoveDialog
        open={moving}
        unit={unit}
        units={units}
        onClose={() => setMoving(false)}
        onMove={(parent) => {
          setMoving(false);
          onMove(unit, parent);
        }}
      />
    </>
  );
}
