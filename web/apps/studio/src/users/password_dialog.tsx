// A new temporary password for somebody, shown once to pass on.
import { passwordLength } from '@hougu/api/password';
import type { User } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Form, Input, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { CopyButton } from '../parts/copy_button';
import { placeErrors } from '../parts/form_errors';
import { makePassword } from './make_password';
import { setPassword, usersKey } from './user_queries';

interface Fields {
  password: string;
  must_change: boolean;
}

interface PasswordDialogProps {
  open: boolean;
  user: User;
  onClose: () => void;
}

export function PasswordDialog({ open, user, onClose }: PasswordDialogProps): ReactNode {
  const { t } = useText();
  const [form] = Form.useForm<Fields>();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  useEffect(() => {
    if (!open) return;
    form.setFieldsValue({ password: makePassword(), must_change: true });
    setDone(null);
    setProblem(null);
  }, [open, form]);

  const submit = async ({ password, must_change }: Fields) => {
    setBusy(true);
    setProblem(null);
    try {
      await setPassword(user.id, password, must_change);
      void queries.invalidateQueries({ queryKey: usersKey });
      setDone(password);
    } catch (error) {
      setProblem(placeErrors(form, error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={t('studio.users.reset_title', { name: user.name })}
      onCancel={onClose}
      footer={
        done ? (
          <Button type="primary" onClick={onClose}>
            {t('ui.action.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('ui.action.cancel')}</Button>
            <Button type="primary" loading={busy} onClick={() => form.submit()}>
              {t('studio.users.reset_ok')}
            </Button>
          </>
        )
      }
    >
      {done ? (
        <>
          <p>{t('studio.users.reset_done', { name: user.name })}</p>
          <div className="studio-secret">
            <code>{done}</code>
            <CopyButton text={done} size="small" />
          </div>
        </>
      ) : (
        <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
          <p className="studio-soft">{t('studio.users.reset_text')}</p>
          <Form.Item
            name="password"
            label={t('studio.users.new_password')}
            rules={[
              { required: true, message: t('studio.users.password_missing') },
              { min: passwordLength, message: t('api.password.rule', { count: passwordLength }) },
            ]}
          >
            <Input className="studio-mono" autoComplete="new-password" spellCheck={false} />
          </Form.Item>
          <Form.Item name="must_change" valuePropName="checked">
            <Checkbox>{t('studio.users.must_change')}</Checkbox>
          </Form.Item>
          {problem && <Alert type="error" showIcon role="alert" title={problem} />}
          <button type="submit" hidden />
        </Form>
      )}
    </Modal>
  );
}
