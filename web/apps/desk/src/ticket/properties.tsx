// The facts of a ticket in groups, each edited in place; those of its service type's form.
import type { EntityDefinition, Field, RecordData } from '@hougu/api/types';
import { canSee, fieldOf, pickForm } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import type { ReactNode } from 'react';
import { Fold } from '../records/fold';
import { Property } from '../records/property';
import type { SaveRecord } from '../records/use_save_record';
import type { TicketVerb } from './verbs';

export interface PropertiesProps {
  entity: EntityDefinition;
  ticket: RecordData;
  save: SaveRecord['save'];
  onVerb: (verb: TicketVerb) => void;
  onEditing: (editing: boolean) => void;
}

/** Shown by the head and the conversation. */
const elsewhere = new Set(['number', 'subject', 'photos']);
const work = ['service_type', 'priority', 'team', 'assignee', 'due_at', 'region', 'in_warranty'];
const course = [
  'pause_reason',
  'resolution',
  'first_response_at',
  'resolved_at',
  'closed_at',
  'merged_into',
  'split_from',
  'related',
];

function has(ticket: RecordData, name: string): boolean {
  const value = ticket[name];
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

export function Properties({
  entity,
  ticket,
  save,
  onVerb,
  onEditing,
}: PropertiesProps): ReactNode {
  const { t, localized } = useText();
  const can = ticket._can ?? [];
  const seen = (name: string): Field[] => {
    const field = fieldOf(entity, name);
    return field && canSee(entity, field) && name in ticket ? [field] : [];
  };
  const row = (field: Field) => {
    const byVerb = (field.name === 'team' || field.name === 'assignee') && can.includes('assign');
    return (
      <Property
        key={field.name}
        entity={entity}
        record={ticket}
        field={field}
        save={save}
        onEditing={onEditing}
        {...(byVerb && { onEdit: () => onVerb('assign') })}
      />
    );
  };
  const form = pickForm(entity, ticket);
  const shown = new Set([...elsewhere, ...work]);
  const sections = form.sections.map((section) => ({
    label: localized(section.label),
    folded: section.folded ?? false,
    fields: section.fields.filter((name) => !shown.has(name)).flatMap(seen),
  }));
  // Fields of other service types that hold something: a changed type must not hide what was said.
  const onForm = new Set([
    ...shown,
    ...course,
    ...form.sections.flatMap((section) => section.fields),
  ]);
  const rest = entity.fields.filter(
    (field) =>
      !onForm.has(field.name) &&
      canSee(entity, field) &&
      has(ticket, field.name) &&
      !internal.has(field.name),
  );
  const happened = course.filter((name) => has(ticket, name)).flatMap(seen);
  return (
    <>
      <Fold name="ticket.work" title={t('desk.facts.work')}>
        <dl className="desk-properties">
          {work.flatMap(seen).map(row)}
          {[...seen('created_at'), ...seen('created_by')].map(row)}
        </dl>
      </Fold>
      {sections
        .filter((section) => section.fields.length > 0)
        .map((section) => (
          <Fold
            key={section.label}
            name={`ticket.${form.name}.${section.label}`}
            title={section.label}
            folded={section.folded}
          >
            <dl className="desk-properties">{section.fields.map(row)}</dl>
          </Fold>
        ))}
      {happened.length > 0 && (
        <Fold name="ticket.course" title={t('desk.facts.course')}>
          <dl className="desk-properties">{happened.map(row)}</dl>
        </Fold>
      )}
      {rest.length > 0 && (
        <Fold name="ticket.rest" title={t('desk.facts.rest')} folded>
          <dl className="desk-properties">{rest.map(row)}</dl>
        </Fold>
      )}
    </>
  );
}

const internal = new Set(['status', 'paused_from', 'customer', 'asset']);
