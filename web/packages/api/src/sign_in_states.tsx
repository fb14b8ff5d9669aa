// What stands between signing in and the pages: a new password, the wrong face, no server.
import { useText } from '@hougu/i18n';
import { Alert, Button, Form, Input, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { ApiError, errorText, put } from './client';
import { CentredCard } from './sign_in';
import type { SessionInfo } from './types';

interface Fields {
  old: string;
  new: string;
  repeat: string;
}

/** Characters that the server wants at least (server/identity/passwords.h). */
export const passwordLength = 10;

/** Old password, new password twice; used by the forced change and by the person's own menu. */
export function NewPasswordForm({ onChanged }: { onChanged: () => void }): ReactNode {
  const { t } = useText();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (fields: Fields) => {
    setBusy(true);
    setProblem(null);
    try {
      await put('/session/password', { old: fields.old, new: fields.new });
      onChanged();
    } catch (error) {
      const wrong =
        error instanceof ApiError
          ? error.fields.filter((f) => f.field === 'old' || f.field === 'new')
          : [];
      if (wrong.length > 0)
        form.setFields(wrong.map((f) => ({ name: f.field as 'old' | 'new', errors: [f.message] })));
      else setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  const needed = (message: string) => [{ required: true, message }];
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
      <Form.Item
        name="old"
        label={t('api.password.old')}
        rules={needed(t('api.password.old_missing'))}
      >
        <Input.Password size="large" autoComplete="current-password" autoFocus />
      </Form.Item>
      <Form.Item
        name="new"
        label={t('api.password.new')}
        extra={t('api.password.rule', { count: passwordLength })}
        rules={[
          ...needed(t('api.password.new_missing')),
          { min: passwordLength, message: t('api.password.rule', { count: passwordLength }) },
        ]}
      >
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t('api.password.repeat')}
        dependencies={['new']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('new')
                ? Promise.resolve()
                : Promise.reject(new Error(t('api.password.differs'))),
          }),
        ]}
      >
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
      {problem && (
        <Alert type="error" showIcon role="alert" title={problem} style={{ marginBottom: 16 }} />
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('api.password.submit')}
      </Button>
    </Form>
  );
}

export function NewPasswordPage({ onChanged }: { onChanged: () => void }): ReactNode {
  const { t } = useText();
  return (
    <CentredCard
      title={<h1 style={{ fontSize: 22, margin: '0 0 8px' }}>{t('api.password.title')}</h1>}
    >
      <p style={{ color: 'var(--hougu-text-soft)' }}>{t('api.password.why')}</p>
      <NewPasswordForm onChanged={onChanged} />
    </CentredCard>
  );
}

/** Signed in, but the roles open other pages than this one. */
export function WrongFace({
  info,
  onSignOut,
}: {
  info: SessionInfo;
  onSignOut: () => Promise<void>;
}): ReactNode {
  const { t } = useText();
  return (
    <CentredCard title={<h1 style={{ fontSize: 22, margin: '0 0 8px' }}>{t('api.face.title')}</h1>}>
      <p>{info.faces.length > 0 ? t('api.face.other') : t('api.face.none')}</p>
      <Space orientation="vertical" style={{ width: '100%' }}>
        {info.faces.map((face) => (
          <Button key={face} href={`/${face}/`} type="primary" size="large" block>
            {t(`api.face.${face}`)}
          </Button>
        ))}
        <Button size="large" block onClick={() => void onSignOut()}>
          {t('api.face.sign_out')}
        </Button>
      </Space>
    </CentredCard>
  );
}

export function StartProblem({
  error,
  onRetry,
}: {
  error: unknown;
  onRetry: () => Promise<void>;
}): ReactNode {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const retry = async () => {
    setBusy(true);
    await onRetry();
    setBusy(false);
  };
  return (
    <CentredCard
      title={<h1 style={{ fontSize: 22, margin: '0 0 8px' }}>{t('api.start.title')}</h1>}
    >
      <p role="alert">{errorText(error)}</p>
      <Button type="primary" size="large" block loading={busy} onClick={() => void retry()}>
        {t('api.start.retry')}
      </Button>
    </CentredCard>
  );
}
