// Two people changed the same record: both values, and a choice for each field.
import { useText } from '@hougu/i18n';
import { Modal, Radio } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import './conflict.css';

export interface ConflictRow {
  field: string;
  label: string;
  mine: ReactNode;
  theirs: ReactNode;
}

export type Choices = Record<string, 'mine' | 'theirs'>;

interface ConflictDialogProps {
  open: boolean;
  /** Who saved first, where it is known. */
  who?: string | null;
  rows: ConflictRow[];
  busy?: boolean;
  onResolve: (choices: Choices) => void;
  onCancel: () => void;
}

export function ConflictDialog({
  open,
  who,
  rows,
  busy,
  onResolve,
  onCancel,
}: ConflictDialogProps): ReactNode {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const [choices, setChoices] = useState<Choices>({});
  const choiceOf = (field: string) => choices[field] ?? 'mine';
  return (
    <Modal
      open={open}
      title={t('ui.conflict.title')}
      okText={t('ui.conflict.save')}
      cancelText={t('ui.conflict.back')}
      confirmLoading={busy ?? false}
      onOk={() =>
        onResolve(Object.fromEntries(rows.map((row) => [row.field, choiceOf(row.field)])))
      }
      onCancel={onCancel}
      width={680}
      afterOpenChange={(shown) =>
        // The choice comes first, not the way out.
        shown && box.current?.querySelector<HTMLElement>('input:checked')?.focus()
      }
    >
      <div ref={box}>
        <p>{who ? t('ui.conflict.text_who', { who }) : t('ui.conflict.text')}</p>
        {rows.map((row) => (
          <fieldset key={row.field} className="hougu-conflict">
            <legend>{row.label}</legend>
            <Radio.Group
              value={choiceOf(row.field)}
              onChange={(event) => setChoices({ ...choices, [row.field]: event.target.value })}
            >
              <Radio value="mine">
                <span className="hougu-conflict-side">{t('ui.conflict.mine')}</span>
                <div className="hougu-conflict-value">{row.mine}</div>
              </Radio>
              <Radio value="theirs">
                <span className="hougu-conflict-side">{t('ui.conflict.theirs')}</span>
                <div className="hougu-conflict-value">{row.theirs}</div>
              </Radio>
            </Radio.Group>
          </fieldset>
        ))}
      </div>
    </Modal>
  );
}
