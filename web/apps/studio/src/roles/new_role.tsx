// A new role, empty or like another one.
import type { Localized } from '@hougu/i18n';
import { useText } from '@hougu/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { placeErrors } from '../parts/form_errors';
import { LocalizedInput } from '../parts/localized_input';
import { namePattern, suggestName } from '../parts/names';
import { type RoleDocument, rolesKey, saveRole } from './role_queries';

interface Fields {
  label: Localized;
  name: string;
}

interface NewRoleProps {
  open: boolean;
  like: RoleDocument | null;
  taken: string[];
  onClose: () => void;
  onMade: (role: RoleDocument) => void;
}

export function NewRole({ open, like, taken, onClose, onMade }: NewRoleProps): ReactNode {
  const { t, localized } = useText();
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
    const label: Localized = like
      ? {
          'zh-CN': t('studio.roles.copy_of', { name: like.label['zh-CN'] ?? like.name }),
          ...(like.label.en && { en: t('studio.roles.copy_of', { name: like.label.en }) }),
        }
      : {};
    form.setFieldsValue({ label, name: suggestName(like?.name, taken, 'role') });
  }, [open]);

  const submit = async ({ label, name }: Fields) => {
    setBusy(true);
    setProblem(null);
    try {
      const role = await saveRole({
        name,
        label,
        grants: like?.grants ?? {},
        system: like?.system ?? [],
        faces: like?.faces ?? ['desk'],
      });
      await queries.invalidateQueries({ queryKey: rolesKey });
      onClose();
      onMade(role);
    } catch (error) {
      setProblem(placeErrors(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={
        like ? t('studio.roles.copy_title', { name: localized(like.label) }) : t('studio.roles.add')
      }
      okText={t('studio.roles.make')}
      cancelText={t('ui.action.cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
        <Form.Item
          name="label"
          label={t('studio.roles.label')}
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
            name={t('studio.roles.label')}
            autoFocus
            onChange={(label) => {
              form.setFieldValue('label', label);
              if (!named) form.setFieldValue('name', suggestName(label.en, taken, 'role'));
            }}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('studio.common.code')}
          extra={t('studio.common.code_help')}
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
