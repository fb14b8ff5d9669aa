// Asks what a verb needs, with complaints beside the fields.
import { ApiError, errorText } from '@hougu/api/client';
import type { EntityDefinition, Field, FieldValue, RecordData, Ref } from '@hougu/api/types';
import {
  asRef,
  type Errors,
  errorsOf,
  FieldDisplay,
  fieldOf,
  kindOf,
  LookupPicker,
  sameValue,
  toInput,
} from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { Alert, Button, Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { SplitMessages } from './split_messages';
import { useVerb, type VerbBody } from './use_verb';
import { lasting, type TicketVerb, type VerbPart, verbParts } from './verbs';

type Values = Record<string, FieldValue>;

export interface VerbDialogProps {
  entity: EntityDefinition;
  ticket: RecordData;
  verb: TicketVerb;
  onClose: () => void;
  onDone?: (answer: RecordData) => void;
}

interface PartRowProps {
  part: VerbPart;
  field: Field | undefined;
  ticket: RecordData;
  value: FieldValue;
  error: string | undefined;
  id: string;
  first: boolean;
  team: Ref | null;
  onChange: (value: FieldValue) => void;
}

function PartRow({
  part,
  field,
  ticket,
  value,
  error,
  id,
  first,
  team,
  onChange,
}: PartRowProps): ReactNode {
  const { t, localized } = useText();
  const label =
    field && part.kind === 'field' ? localized(field.label) : t(`desk.field.${part.name}`);
  const below = `${id}-below`;
  const shared = {
    id,
    autoFocus: first,
    'aria-invalid': Boolean(error),
    status: error ? ('error' as const) : ('' as const),
    ...(error && { 'aria-describedby': below }),
  };
  let input: ReactNode = null;
  if (part.kind === 'field' && field) {
    const { Editor } = kindOf(field.type);
    const asked = { ...field, required: part.required ?? false };
    input = (
      <Editor
        id={id}
        field={asked}
        value={value}
        onChange={onChange}
        invalid={Boolean(error)}
        autoFocus={first}
        team={team}
      />
    );
  } else if (part.kind === 'text') {
    input = (
      <Input.TextArea
        {...shared}
        autoSize={{ minRows: 3, maxRows: 10 }}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  } else if (part.kind === 'line') {
    input = (
      <Input
        {...shared}
        maxLength={200}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  } else if (part.kind === 'ticket') {
    input = <LookupPicker {...shared} entity="ticket" value={asRef(value)} onChange={onChange} />;
  } else if (part.kind === 'messages') {
    return (
      <SplitMessages
        ticket={ticket.id}
        value={Array.isArray(value) ? (value as string[]) : []}
        onChange={onChange}
      />
    );
  }
  return (
    <div className="desk-ask">
      <label htmlFor={id}>
        {label}
        {part.required && <span className="hougu-field-required"> *</span>}
      </label>
      {input}
      {error && (
        <div id={below} role="alert" className="desk-problem">
          {error}
        </div>
      )}
    </div>
  );
}

/** Fields that others changed since the dialog opened: what stands in it is older than the ticket. */
function movedSince(
  before: RecordData,
  now: RecordData,
  entity: EntityDefinition,
  verb: TicketVerb,
) {
  return verbParts(verb, before).flatMap((part) => {
    const field = part.own && fieldOf(entity, part.name);
    if (!field) return [];
    const same = sameValue(field, before[field.name] ?? null, now[field.name] ?? null);
    return same ? [] : [field];
  });
}

interface MovedProps {
  fields: Field[];
  ticket: RecordData;
  onTake: () => void;
}

function Moved({ fields, ticket, onTake }: MovedProps): ReactNode {
  const { t, localized } = useText();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('desk.verb.moved')}
      action={
        <Button size="small" onClick={onTake}>
          {t('desk.verb.take_new')}
        </Button>
      }
      description={fields.map((field) => (
        <div key={field.name}>
          {localized(field.label)}: <FieldDisplay field={field} value={ticket[field.name]} />
        </div>
      ))}
    />
  );
}

function bodyOf(parts: VerbPart[], entity: EntityDefinition, values: Values): VerbBody {
  const body: VerbBody = {};
  for (const part of parts) {
    const value = values[part.name] ?? null;
    const field = fieldOf(entity, part.name);
    if (part.kind === 'field' && field) body[part.name] = toInput(field, value) ?? undefined;
    else if (part.kind === 'ticket') body[part.name] = (value as Ref | null)?.id;
    else if (part.kind === 'messages') body[part.name] = value as string[] | undefined;
    else body[part.name] = typeof value === 'string' && value.trim() ? value.trim() : undefined;
  }
  return body;
}

export function VerbDialog({ entity, ticket, verb, onClose, onDone }: VerbDialogProps): ReactNode {
  const { t } = useText();
  const { run, refresh } = useVerb();
  const prefix = useId();
  const parts = verbParts(verb, ticket);
  const ownValues = (): Values =>
    Object.fromEntries(
      parts.filter((part) => part.own).map((part) => [part.name, ticket[part.name] ?? null]),
    );
  const [values, setValues] = useState(ownValues);
  const [base, setBase] = useState(ticket);
  const moved = movedSince(base, ticket, entity, verb);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    const body = bodyOf(parts, entity, values);
    const missing = parts.filter((part) => part.required && body[part.name] === undefined);
    if (verb === 'assign' && !body.team && !body.assignee) {
      setErrors({ assignee: t('desk.verb.assign_whom') });
      return;
    }
    if (missing.length > 0) {
      setErrors(Object.fromEntries(missing.map((part) => [part.name, t('forms.required')])));
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const answer = await run(ticket, verb, body);
      onClose();
      onDone?.(answer);
    } catch (error) {
      const wrong = errorsOf(error);
      const here =
        wrong && Object.keys(wrong).every((name) => parts.some((part) => part.name === name));
      if (wrong && here) setErrors(wrong);
      else setProblem(errorText(error));
      // The page below shows the newest state; pressing the button again means it.
      if (error instanceof ApiError && error.status === 409) refresh(ticket.id);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      open
      title={t(`desk.verb.${verb}_title`, { number: String(ticket.number) })}
      okText={t(`desk.verb.${verb}`)}
      okButtonProps={{ danger: verb === 'cancel' }}
      confirmLoading={busy}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter in any field sends */}
      <div
        className="desk-asks"
        onKeyDown={(event) => {
          const target = event.target;
          const line = target instanceof HTMLInputElement && target.type === 'text';
          const plain = line && !target.closest('.ant-select') && !event.nativeEvent.isComposing;
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || plain)) void submit();
        }}
      >
        {lasting.has(verb) && (
          <Alert type="warning" showIcon title={t(`desk.verb.${verb}_warning`)} />
        )}
        {moved.length > 0 && !busy && (
          <Moved
            fields={moved}
            ticket={ticket}
            onTake={() => {
              setValues((now) => ({ ...now, ...ownValues() }));
              setBase(ticket);
            }}
          />
        )}
        {parts.map((part, index) => (
          <PartRow
            key={part.name}
            part={part}
            field={fieldOf(entity, part.name)}
            ticket={ticket}
            value={values[part.name] ?? null}
            error={errors[part.name]}
            id={`${prefix}-${part.name}`}
            first={index === 0}
            team={asRef(values.team)}
            onChange={(next) => {
              setValues((now) => ({ ...now, [part.name]: next }));
              setErrors(({ [part.name]: _gone, ...rest }) => rest);
            }}
          />
        ))}
        {problem && <Alert type="error" role="alert" showIcon title={problem} />}
      </div>
    </Modal>
  );
}
