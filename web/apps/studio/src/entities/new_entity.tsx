// A new record type: named, with a first field, to be filled in its editor.
import type { Localized } from '@hougu/i18n';
import { text, useText } from '@hougu/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { placeErrors } from '../parts/form_errors';
import { LocalizedInput } from '../parts/localized_input';
import { namePattern, suggestName } from '../parts/names';
import type { Definition } from './definition';
import { createEntity, entitiesKey } from './entity_queries';

interface Fields {
  label: Localized;
  name: string;
}

interface NewEntityProps {
  open: boolean;
  taken: string[];
  onClose: () => void;
  onMade: (name: string) => void;
}

/** A record type has to have a field: a short text that names the record. */
function firstDefinition(name: string, label: Localized): Definition {
  const words = text('studio.entity.first_field');
  return {
    name,
    label,
    title: ['name'],
    search: ['name'],
    ownership: { team: null, assignee: null, via: null },
    fields: [
      { name: 'name', type: 'text', label: { 'zh-CN': words }, required: true, max_length: 200 },
    ],
    indexes: [],
    unique: [],
  };
}

export function NewEntity({ open, taken, onClose, onMade }: NewEntityProps): ReactNode {
  const { t } = useText();
  const [form] = Form.useForm<Fields>();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [named, setNamed] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: filled when it opens
  useEffect(() => {
    if (!open) return;
    setProblem(null);
    setNamed(false);
    form.setFieldsValue({ label: {}, name: suggestName(undefined, taken, 'table') });
  }, [open]);

  const submit = async ({ label, name }: Fields) => {
    setBusy(true);
    setProblem(null);
    try {
      await createEntity(firstDefinition(name, label));
      await queries.invalidateQueries({ queryKey: entitiesKey });
      onClose();
      onMade(name);
    } catch (error) {
      setProblem(placeErrors(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={t('studio.entity.add')}
      okText={t('studio.entity.make')}
      cancelText={t('ui.action.cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="studio-soft">{t('studio.entity.add_text')}</p>
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
        <Form.Item
          name="label"
          label={t('studio.entity.label')}
          rules={[
            {
              validator: (_, value?: Localized) =>
                value?.['zh-CN']?.trim()
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('studio.common.chinese_missing'))),
            },
          ]}
        >
          <LocalizedInput
            name={t('studio.entity.label')}
            autoFocus
            onChange={(label) => {
              form.setFieldValue('label', label);
              if (!named) form.setFieldValue('name', suggestName(label.en, taken, 'table'));
            }}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('studio.common.code')}
          extra={t('studio.entity.code_help')}
          rules={[
            { pattern: namePattern, required: true, message: t('studio.common.code_wrong') },
            {
              validator: (_, value: string) =>
                taken.includes(value)
                  ? Promise.reject(new Error(t('studio.common.code_taken')))
                  : Promise.resolve(),
            },
          ]}
        >
          <Input className="studio-mono" onChange={() => setNamed(true)} />
        </Form.Item>
        {problem && <Alert type="error" showIcon role="alert" title={problem} />}
        <button type="submit" hidden />
      </Form>
    </Modal>
  );
}
