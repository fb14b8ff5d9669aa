// A record as a form: sections by the entity's layout, each field with its label, help and complaint.
import { DownOutlined, RightOutlined } from '@ant-design/icons';
import type { EntityDefinition, Field, FormSection } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { FieldDisplay } from './field_display';
import type { Siblings } from './kind';
import { kindOf } from './kinds';
import { pickForm, type RecordDraft } from './record_draft';
import { canSee, canWrite } from './values';
import './record_form.css';

export interface RecordFormProps {
  entity: EntityDefinition;
  draft: RecordDraft;
  disabled?: boolean;
  /** Leaves fields out: those that the page shows elsewhere. */
  without?: string[];
  autoFocus?: boolean;
}

interface RowProps {
  entity: EntityDefinition;
  field: Field;
  draft: RecordDraft;
  siblings: Siblings;
  id: string;
  disabled: boolean;
  autoFocus: boolean;
}

// Editors that are groups of controls carry their own label: a <label for> can't point at a group.
const groups = new Set(['yes_no', 'rating', 'child_table', 'rich_text', 'geolocation', 'address']);

function FieldRow({
  entity,
  field,
  draft,
  siblings,
  id,
  disabled,
  autoFocus,
}: RowProps): ReactNode {
  const { t, localized } = useText();
  const { Editor, wide } = kindOf(field.type);
  const error = draft.errors[field.name];
  const value = draft.values[field.name] ?? null;
  const help = localized(field.help);
  const below = error || help ? `${id}-below` : undefined;
  const label = (
    <>
      {localized(field.label)}
      {field.required && (
        <span className="hougu-field-required" title={t('forms.required_mark')}>
          <span aria-hidden="true">*</span>
          <span className="hougu-visually-hidden">{t('forms.required_mark')}</span>
        </span>
      )}
    </>
  );
  const editable = canWrite(entity, field);
  return (
    <div className={wide ? 'hougu-field hougu-field-wide' : 'hougu-field'} data-field={field.name}>
      {groups.has(field.type) || !editable ? (
        <div className="hougu-field-label">{label}</div>
      ) : (
        <label className="hougu-field-label" htmlFor={id}>
          {label}
        </label>
      )}
      {editable ? (
        <Editor
          id={id}
          field={field}
          value={value}
          onChange={(next) => draft.set(field.name, next)}
          siblings={siblings}
          disabled={disabled}
          invalid={Boolean(error)}
          autoFocus={autoFocus}
          {...(below && { describedBy: below })}
        />
      ) : (
        <FieldDisplay field={field} value={value} />
      )}
      {below && (
        <div
          id={below}
          className={error ? 'hougu-field-error' : 'hougu-field-help'}
          role={error ? 'alert' : undefined}
        >
          {error ?? help}
        </div>
      )}
    </div>
  );
}

interface SectionProps extends RecordFormProps {
  section: FormSection;
  siblings: Siblings;
  prefix: string;
  first: boolean;
  /** The only section needs no heading that is seen. */
  alone: boolean;
}

function Section({
  section,
  entity,
  draft,
  siblings,
  prefix,
  first,
  ...rest
}: SectionProps): ReactNode {
  const { localized } = useText();
  const fields = section.fields
    .map((name) => entity.fields.find((field) => field.name === name))
    .filter((field): field is Field => field !== undefined && canSee(entity, field))
    .filter((field) => !rest.without?.includes(field.name))
    // What only the system fills in has nothing to say yet.
    .filter((field) => canWrite(entity, field) || (draft.values[field.name] ?? null) !== null);
  const wrong = fields.some((field) => draft.errors[field.name]);
  const [folded, setFolded] = useState(section.folded ?? false);
  const open = !folded || wrong;
  if (fields.length === 0) return null;
  const id = `${prefix}-${section.fields[0]}-section`;
  const focus =
    rest.autoFocus && first ? fields.find((field) => canWrite(entity, field)) : undefined;
  return (
    <section className="hougu-section" aria-labelledby={id}>
      <h2 id={id} {...(rest.alone && { className: 'hougu-visually-hidden' })}>
        <button
          type="button"
          className="hougu-section-head"
          aria-expanded={open}
          onClick={() => setFolded(open)}
        >
          {open ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
          {localized(section.label)}
        </button>
      </h2>
      {open && (
        <div className="hougu-fields">
          {fields.map((field) => (
            <FieldRow
              key={field.name}
              entity={entity}
              field={field}
              draft={draft}
              siblings={siblings}
              id={`${prefix}-${field.name}`}
              disabled={rest.disabled ?? false}
              autoFocus={field === focus}
            />
          ))}
        </div>
      )}
    </section>
  );
}

export function RecordForm(props: RecordFormProps): ReactNode {
  const { entity, draft } = props;
  const prefix = useId();
  const form = pickForm(entity, draft.values);
  const siblings = useMemo<Siblings>(
    () => ({
      names: entity.fields.filter((field) => canWrite(entity, field)).map((field) => field.name),
      get: (name) => draft.values[name] ?? null,
      set: draft.set,
    }),
    [entity, draft.values, draft.set],
  );

  // The first complaint gets the focus, wherever on the page it stands.
  const firstWrong = form.sections.flatMap((s) => s.fields).find((name) => draft.errors[name]);
  useEffect(() => {
    if (!firstWrong) return;
    const input = document.getElementById(`${prefix}-${firstWrong}`);
    input?.focus();
    input?.scrollIntoView({ block: 'center' });
  }, [firstWrong, prefix]);

  return (
    <div className="hougu-form">
      {form.sections.map((section, index) => (
        <Section
          key={`${form.name}-${section.fields[0] ?? index}`}
          {...props}
          section={section}
          siblings={siblings}
          prefix={prefix}
          first={index === 0}
          alone={form.sections.length === 1}
        />
      ))}
    </div>
  );
}
