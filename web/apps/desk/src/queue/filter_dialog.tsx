// A condition on top of the view; may be kept as a view of one's own.
import { useEntities } from '@hougu/api/queries';
import type { Condition, EntityDefinition } from '@hougu/api/types';
import { ConditionEditor } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { Button, Modal } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { SaveView } from './save_view';
import type { OwnView } from './use_views';

export interface FilterDialogProps {
  entity: EntityDefinition;
  open: boolean;
  where: Condition | null;
  onApply: (where: Condition | null) => void;
  onClose: () => void;
  /** Keeps the list as it is asked for, with this condition. */
  onSave: (label: string, where: Condition | null) => Promise<void>;
}

export function FilterDialog({
  entity,
  open,
  where,
  onApply,
  onClose,
  onSave,
}: FilterDialogProps): ReactNode {
  const { t } = useText();
  const { data: entities = [] } = useEntities();
  const [condition, setCondition] = useState(where);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) setCondition(where);
  }, [open, where]);
  const apply = (next: Condition | null) => {
    onApply(next);
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t('desk.filter.title')}
      width={760}
      onCancel={onClose}
      destroyOnHidden
      afterOpenChange={(shown) =>
        // Where one begins, not the way out.
        shown && box.current?.querySelector<HTMLElement>('button, input')?.focus()
      }
      footer={
        <div className="desk-filter-foot">
          <SaveView
            disabled={!condition}
            onSave={(label) => onSave(label, condition).then(onClose)}
          />
          <span style={{ flex: 1 }} />
          <Button onClick={() => apply(null)}>{t('desk.filter.clear')}</Button>
          <Button type="primary" onClick={() => apply(condition)}>
            {t('desk.filter.apply')}
          </Button>
        </div>
      }
    >
      <div ref={box}>
        <ConditionEditor
          entity={entity}
          entities={entities}
          value={condition}
          onChange={setCondition}
        />
      </div>
    </Modal>
  );
}

/** The view as it would be saved: the question on the screen, under a name. */
export function ownView(
  label: string,
  base: { where: Condition | null; columns: string[] } | undefined,
  where: Condition | null,
  sort: string[],
): OwnView {
  const parts = [base?.where ?? null, where].filter((one): one is Condition => one !== null);
  const [first] = parts;
  return {
    label,
    where: parts.length > 1 ? { and: parts } : (first ?? null),
    sort,
    columns: base?.columns ?? [],
  };
}
