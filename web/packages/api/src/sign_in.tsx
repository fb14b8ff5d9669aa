// The sign-in page, and the same form as a dialog over a page whose session ended.
import { useText } from '@hougu/i18n';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { ApiError, errorText, get, post } from './client';
import type { PortalInfo, SessionInfo } from './types';

interface Fields {
  login: string;
  password: string;
}

interface SignInFormProps {
  login?: string;
  onSignedIn: (info: SessionInfo) => void;
}

function SignInForm({ login, onSignedIn }: SignInFormProps): ReactNode {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [wait, setWait] = useState(0);

  useEffect(() => {
    if (wait <= 0) return undefined;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  const submit = async (fields: Fields) => {
    setBusy(true);
    setProblem(null);
    try {
      onSignedIn(await post<SessionInfo>('/session', fields));
    } catch (error) {
      setProblem(errorText(error));
      if (error instanceof ApiError && error.status === 429)
        setWait(error.details.retry_after ?? 0);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      onFinish={submit}
      initialValues={{ login: login ?? '' }}
    >
      <Form.Item
        name="login"
        label={t('api.sign_in.login')}
        rules={[{ required: true, message: t('api.sign_in.login_missing') }]}
      >
        <Input
          size="large"
          autoComplete="username"
          autoFocus={!login}
          autoCapitalize="none"
          readOnly={Boolean(login)}
        />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('api.sign_in.password')}
        rules={[{ required: true, message: t('api.sign_in.password_missing') }]}
      >
        <Input.Password size="large" autoComplete="current-password" autoFocus={Boolean(login)} />
      </Form.Item>
      {problem && (
        <Alert
          type="error"
          showIcon
          role="alert"
          style={{ marginBottom: 16 }}
          title={problem}
          description={wait > 0 ? t('api.sign_in.wait', { seconds: wait }) : undefined}
        />
      )}
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        block
        loading={busy}
        disabled={wait > 0}
      >
        {t('api.sign_in.submit')}
      </Button>
    </Form>
  );
}

/** A narrow card in the middle of an otherwise empty page. */
export function CentredCard({
  title,
  children,
}: {
  title: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <main
      style={{
        minHeight: '100dvh',
        display: 'grid',
        placeItems: 'center',
        padding: 16,
        boxSizing: 'border-box',
        background: 'var(--hougu-page)',
      }}
    >
      <section
        style={{
          width: 'min(400px, 100%)',
          boxSizing: 'border-box',
          padding: 32,
          borderRadius: 12,
          background: 'var(--hougu-surface)',
          border: '1px solid var(--hougu-line)',
        }}
      >
        {title}
        {children}
      </section>
    </main>
  );
}

export function SignInPage({ onSignedIn }: { onSignedIn: (info: SessionInfo) => void }): ReactNode {
  const { t, locale, setLocale } = useText();
  const [portal, setPortal] = useState<PortalInfo | null>(null);
  useEffect(() => {
    // Only for the name and the logo: without it the page says the product's name.
    get<PortalInfo>('/portal').then(setPortal, () => {});
  }, []);
  const name = portal?.organisation.name;
  const other = locale === 'en' ? 'zh-CN' : 'en';
  return (
    <CentredCard
      title={
        <header style={{ marginBottom: 24 }}>
          {portal?.organisation.logo_url && (
            <img
              src={portal.organisation.logo_url}
              alt=""
              style={{ maxHeight: 40, maxWidth: '100%', marginBottom: 12 }}
            />
          )}
          <h1 style={{ fontSize: 22, lineHeight: 1.3, margin: 0 }}>{name || t('api.product')}</h1>
          <p style={{ margin: '4px 0 0', color: 'var(--hougu-text-soft)' }}>
            {t('api.sign_in.title')}
          </p>
        </header>
      }
    >
      <SignInForm onSignedIn={onSignedIn} />
      <div style={{ marginTop: 16, textAlign: 'center' }}>
        <Button type="link" lang={other} onClick={() => void setLocale(other)}>
          {t('api.sign_in.other_language')}
        </Button>
      </div>
    </CentredCard>
  );
}

/** The page stays as it is below: nothing typed is lost. */
export function SignInAgain({
  login,
  onSignedIn,
}: {
  login: string;
  onSignedIn: (info: SessionInfo) => void;
}): ReactNode {
  const { t } = useText();
  const description = useId();
  return (
    <Modal
      open
      closable={false}
      footer={null}
      title={t('api.sign_in.again')}
      aria-describedby={description}
      width={400}
    >
      <p id={description}>{t('api.sign_in.again_why')}</p>
      <SignInForm login={login} onSignedIn={onSignedIn} />
    </Modal>
  );
}
