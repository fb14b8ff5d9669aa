// The forms: which one is shown when, and what stands in which section.
import { DeleteOutlined, EyeOutlined, PlusOutlined } from '@ant-design/icons';
import type { Field, Form, FormSection } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Alert, Button, Checkbox, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { LocalizedInput } from '../parts/localized_input';
import { asEntity } from './definition';
import { FieldList } from './field_list';
import type { TabProps } from './fields_tab';
import { FormPreview } from './form_preview';
import { Item } from './item';
import { ListTab } from './list_tab';

export function FormsTab({ draft, faults, onChange }: TabProps): ReactNode {
  const { t, localized } = useText();
  const { forms, definition } = draft;
  const [preview, setPreview] = useState<Form | null>(null);
  const live = definition.fields.filter((field) => !field.archived);
  const set = (next: Form[]) => onChange({ ...draft, forms: next });
  const make = (name: string): Form => {
    const fields = live.filter((field) => !field.managed).map((field) => field.name);
    const { label } = definition;
    return { name, label, when: null, sections: [{ label, fields }] };
  };
  const condition = (item: Form) => {
    if (!item.when) return t('studio.forms.always');
    const field = definition.fields.find((one) => one.name === item.when?.field);
    const choice = field?.choices?.find((one) => one.value === item.when?.value);
    return t('studio.forms.when_short', {
      field: localized(field?.label),
      value: choice ? localized(choice.label) : String(item.when.value),
    });
  };
  return (
    <>
      <ListTab
        tab="forms"
        items={forms}
        faults={faults}
        prefix="form"
        make={make}
        extra={(item) => <small className="studio-soft hougu-cut">{condition(item)}</small>}
        action={(item) => (
          <Button icon={<EyeOutlined />} onClick={() => setPreview(item)}>
            {t('studio.entity.preview')}
          </Button>
        )}
        editor={(form) => (
          <FormEditor
            key={form.name}
            form={form}
            live={live}
            onChange={(next) => set(forms.map((one) => (one === form ? next : one)))}
          />
        )}
        onChange={set}
      />
      {preview && (
        <FormPreview
          open
          entity={{ ...asEntity(draft), forms: [{ ...preview, when: null }] }}
          title={localized(preview.label)}
          onClose={() => setPreview(null)}
        />
      )}
    </>
  );
}

interface FormEditorProps {
  form: Form;
  live: Field[];
  onChange: (form: Form) => void;
}

function FormEditor({ form, live, onChange }: FormEditorProps): ReactNode {
  const { t, localized } = useText();
  const placed = form.sections.flatMap((section) => section.fields);
  const missing = live.filter((field) => !field.managed && !placed.includes(field.name));
  const required = missing.filter((field) => field.required && field.default === undefined);
  const choices = live.filter((field) => field.type === 'single_choice');
  const when = choices.find((field) => field.name === form.when?.field);
  const setSection = (at: number, change: Partial<FormSection>) => {
    const next = { ...form.sections[at], ...change } as FormSection;
    if (!next.folded) delete next.folded;
    onChange({ ...form, sections: form.sections.map((one, i) => (i === at ? next : one)) });
  };
  return (
    <>
      <Item label={t('studio.setting.label')}>
        <LocalizedInput
          name={t('studio.setting.label')}
          value={form.label}
          onChange={(label) => onChange({ ...form, label })}
        />
      </Item>
      <Item label={t('studio.forms.when')} extra={t('studio.forms.when_help')}>
        <div className="studio-pair">
          <Select
            allowClear
            aria-label={t('studio.forms.when_field')}
            placeholder={t('studio.forms.always')}
            value={form.when?.field}
            options={choices.map((field) => ({
              value: field.name,
              label: localized(field.label),
            }))}
            onChange={(field?: string) =>
              onChange({
                ...form,
                when: field
                  ? {
                      field,
                      value: choices.find((one) => one.name === field)?.choices?.[0]?.value ?? '',
                    }
                  : null,
              })
            }
          />
          {when && (
            <Select
              aria-label={t('studio.forms.when_value')}
              value={form.when?.value as string}
              options={(when.choices ?? []).map((choice) => ({
                value: choice.value,
                label: localized(choice.label),
              }))}
              onChange={(value: string) => onChange({ ...form, when: { field: when.name, value } })}
            />
          )}
        </div>
      </Item>
      {required.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="studio-gap"
          title={t('studio.forms.required_missing', {
            fields: required.map((f) => localized(f.label)).join(t('studio.common.comma')),
          })}
        />
      )}
      {form.sections.map((section, at) => (
        <fieldset key={at} className="studio-fieldset">
          <legend>{t('studio.forms.section', { number: at + 1 })}</legend>
          <div className="studio-section-head">
            <LocalizedInput
              name={t('studio.forms.section_label', { number: at + 1 })}
              value={section.label}
              onChange={(label) => setSection(at, { label })}
            />
            <Checkbox
              checked={section.folded ?? false}
              onChange={(event) => setSection(at, { folded: event.target.checked })}
            >
              {t('studio.forms.folded')}
            </Checkbox>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              disabled={form.sections.length === 1}
              aria-label={t('studio.forms.remove_section', { number: at + 1 })}
              onClick={() =>
                onChange({ ...form, sections: form.sections.filter((_, i) => i !== at) })
              }
            />
          </div>
          <FieldList
            label={t('studio.forms.section_fields', { number: at + 1 })}
            addLabel={t('studio.entity.add_field_to_list')}
            names={section.fields}
            fields={live.filter(
              (field) => section.fields.includes(field.name) || !placed.includes(field.name),
            )}
            onChange={(fields) => setSection(at, { fields })}
          />
        </fieldset>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() =>
          onChange({
            ...form,
            sections: [
              ...form.sections,
              { label: { 'zh-CN': t('studio.forms.new_section') }, fields: [] },
            ],
          })
        }
      >
        {t('studio.forms.add_section')}
      </Button>
    </>
  );
}
