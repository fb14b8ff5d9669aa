// Asks for the words and the technical name of something new; the name follows the English words
// until somebody types one.
import type { Localized } from '@hougu/i18n';
import { useText } from '@hougu/i18n';
import { Alert, Form, Input, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { placeErrors } from './form_errors';
import { LocalizedInput } from './localized_input';
import { namePattern, suggestName } from './names';

export interface Named {
  label: Localized;
  name: string;
}

interface NewNamedProps {
  open: boolean;
  title: string;
  intro?: ReactNode;
  okText: string;
  labelTitle: string;
  nameHelp: string;
  /** What it starts with. */
  like?: Named | undefined;
  taken: string[];
  /** Of suggested names: "role" → role_1. */
  prefix: string;
  /** Throws what the server refused; that is shown here and what was typed stays. */
  onMake: (named: Named) => Promise<void>;
  onClose: () => void;
}

export function NewNamed(props: NewNamedProps): ReactNode {
  const { open, like, taken, prefix, labelTitle, onMake, onClose } = props;
  const { t } = useText();
  const [form] = Form.useForm<Named>();
  const [busy, setBusy] = useState(false);
  const [named, setNamed] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: filled when it opens
  useEffect(() => {
    if (!open) return;
    setProblem(null);
    setNamed(false);
    form.setFieldsValue({ label: like?.label ?? {}, name: suggestName(like?.name, taken, prefix) });
  }, [open]);

  const submit = async (values: Named) => {
    setBusy(true);
    setProblem(null);
    try {
      await onMake(values);
    } catch (error) {
      setProblem(placeErrors(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={props.title}
      okText={props.okText}
      cancelText={t('ui.action.cancel')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {props.intro && <p className="studio-soft">{props.intro}</p>}
      <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
        <Form.Item
          name="label"
          label={labelTitle}
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
            name={labelTitle}
            autoFocus
            onChange={(label) => {
              form.setFieldValue('label', label);
              if (!named) form.setFieldValue('name', suggestName(label.en, taken, prefix));
            }}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('studio.common.code')}
          extra={props.nameHelp}
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
