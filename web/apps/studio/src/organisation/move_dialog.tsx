// Moves a unit without dragging.
import type { Unit } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { UnitPicker } from './unit_picker';
import { mayMove, parentId, withBelow } from './unit_tree';

interface MoveDialogProps {
  open: boolean;
  unit: Unit;
  units: Unit[];
  onClose: () => void;
  onMove: (parent: string | null) => void;
}

export function MoveDialog({ open, unit, units, onClose, onMove }: MoveDialogProps): ReactNode {
  const { t } = useText();
  const [to, setTo] = useState<string | null>(null);
  const now = parentId(unit);
  useEffect(() => {
    if (open) setTo(now);
  }, [open, now]);
  return (
    <Modal
      open={open}
      title={t('studio.organisation.move_title', { name: unit.name })}
      okText={t('studio.organisation.move_ok')}
      cancelText={t('ui.action.cancel')}
      okButtonProps={{ disabled: !mayMove(units, unit.id, to) }}
      onOk={() => onMove(to)}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="studio-soft">{t('studio.organisation.move_text')}</p>
      <UnitPicker
        aria-label={t('studio.unit.parent')}
        placeholder={t('studio.organisation.at_top')}
        value={to}
        onChange={setTo}
        without={withBelow(units, unit.id)}
      />
    </Modal>
  );
}
