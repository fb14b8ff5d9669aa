// One fact of a record, edited in place.
import { CheckOutlined, CloseOutlined, EditOutlined } from '@ant-design/icons';
import { errorText } from '@hougu/api/client';
import type { EntityDefinition, Field, FieldType, FieldValue, RecordData } from '@hougu/api/types';
import { canWrite, errorsOf, FieldDisplay, kindOf, sameValue } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { fieldPayload, type SaveRecord } from './use_save_record';

/** Types where picking is the whole of editing: they save at once. */
const atOnce: ReadonlySet<FieldType> = new Set([
  'single_choice',
  'relation',
  'user',
  'team',
  'yes_no',
  'rating',
  'date',
]);

export interface PropertyProps {
  entity: EntityDefinition;
  record: RecordData;
  field: Field;
  save: SaveRecord['save'];
  /** Told while it is being edited. */
  onEditing?: (editing: boolean) => void;
  /** Edits elsewhere, by a verb. */
  onEdit?: () => void;
}

export function Property({
  entity,
  record,
  field,
  save,
  onEditing,
  onEdit,
}: PropertyProps): ReactNode {
  const { t, localized } = useText();
  const [editing, setEditing] = useState(false);
  const label = localized(field.label);
  const editable =
    Boolean(onEdit) || ((record._can ?? []).includes('update') && canWrite(entity, field));
  const button = useRef<HTMLButtonElement>(null);
  const start = () => {
    if (onEdit) return onEdit();
    setEditing(true);
    onEditing?.(true);
  };
  const stop = () => {
    setEditing(false);
    onEditing?.(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <div
      className={editing ? 'desk-property desk-property-editing' : 'desk-property'}
      data-field={field.name}
    >
      <dt>{label}</dt>
      <dd>
        {editing ? (
          <Editing entity={entity} record={record} field={field} save={save} onStop={stop} />
        ) : (
          <>
            <span className="desk-property-value">
              <FieldDisplay field={field} value={record[field.name]} record={record} />
            </span>
            {editable && (
              <Button
                ref={button}
                className="desk-property-edit"
                size="small"
                type="text"
                icon={<EditOutlined />}
                aria-label={t('desk.property.edit', { field: label })}
                onClick={start}
              />
            )}
          </>
        )}
      </dd>
    </div>
  );
}

interface EditingProps extends Pick<PropertyProps, 'entity' | 'record' | 'field' | 'save'> {
  onStop: () => void;
}

function Editing({ entity, record, field, save, onStop }: EditingProps): ReactNode {
  const { t, localized } = useText();
  const id = useId();
  // As it was when editing began: what others save meanwhile arrives live, and must not be
  // overwritten unseen.
  const [base] = useState(record);
  const [value, setValue] = useState<FieldValue>(record[field.name] ?? null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const { Editor } = kindOf(field.type);
  const instant = atOnce.has(field.type);

  useEffect(() => {
    box.current
      ?.querySelector<HTMLElement>('input,textarea,[contenteditable=true],button')
      ?.focus();
  }, []);

  const put = async (next: FieldValue) => {
    if (sameValue(field, next, base[field.name] ?? null)) return onStop();
    setBusy(true);
    setProblem(null);
    try {
      // Null: the person went back to editing; what was typed stays.
      if (await save(base, fieldPayload(entity, field.name, next))) onStop();
    } catch (error) {
      setProblem(errorsOf(error)?.[field.name] ?? errorText(error));
    } finally {
      setBusy(false);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onStop();
    }
    const line =
      event.target instanceof HTMLInputElement && !event.target.closest('.ant-select,.ant-picker');
    if (event.key === 'Enter' && !instant && (line || event.ctrlKey || event.metaKey))
      void put(value);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Esc for the editor inside
    <div ref={box} className="desk-editing" onKeyDown={onKey}>
      <label htmlFor={id} className="hougu-visually-hidden">
        {localized(field.label)}
      </label>
      <Editor
        id={id}
        field={field}
        value={value}
        disabled={busy}
        invalid={problem !== null}
        describedBy={`${id}-problem`}
        onChange={(next) => {
          setValue(next);
          if (instant) void put(next);
        }}
      />
      <span className="desk-editing-actions">
        {!instant && (
          <Button
            size="small"
            type="primary"
            icon={<CheckOutlined />}
            loading={busy}
            aria-label={t('ui.action.save')}
            onClick={() => void put(value)}
          />
        )}
        <Button
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('ui.action.cancel')}
          onClick={onStop}
        />
      </span>
      <span id={`${id}-problem`} role="alert" className="desk-problem">
        {problem}
      </span>
    </div>
  );
}
