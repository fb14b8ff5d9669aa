// One person beside the list: the form, and what else can be done with the account.
import { errorText } from '@hougu/api/client';
import { useSession } from '@hougu/api/session';
import type { User } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import {
  LoadProblem,
  RelativeTime,
  StatusTag,
  usePhone,
  useShortcuts,
  useUndoToast,
} from '@hougu/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Skeleton } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { placeErrors } from '../parts/form_errors';
import { PasswordDialog } from './password_dialog';
import { UserFields } from './user_fields';
import {
  createUser,
  mainUnit,
  signOutEverywhere,
  type UserValues,
  updateUser,
  usersKey,
  useUser,
} from './user_queries';

function valuesOf(user: User): UserValues {
  const { login, name, phone, email, locale, roles } = user;
  const unit = mainUnit(user);
  // The home unit is among the memberships; it has a field of its own.
  const units = user.units.map((own) => own.id).filter((own) => own !== unit);
  return { login, name, phone, email, locale, roles, unit, units };
}

/** `id`: a person, "new", or undefined for closed. */
export function UserDrawer({
  id,
  onClose,
}: {
  id: string | undefined;
  onClose: () => void;
}): ReactNode {
  const { t } = useText();
  const phone = usePhone();
  const [form] = Form.useForm<UserValues>();
  const isNew = id === 'new';
  const loaded = useUser(isNew ? undefined : id);
  const user = isNew ? undefined : loaded.data;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const queries = useQueryClient();
  const toast = useUndoToast();

  useEffect(() => {
    setProblem(null);
    form.resetFields();
    if (user && user.id === id) form.setFieldsValue(valuesOf(user));
  }, [user, id, form]);

  const submit = async (values: UserValues) => {
    setBusy(true);
    setProblem(null);
    const body = {
      ...values,
      phone: values.phone || null,
      email: values.email || null,
      locale: values.locale ?? null,
      unit: values.unit ?? null,
      units: [...new Set([...(values.unit ? [values.unit] : []), ...(values.units ?? [])])],
    };
    try {
      if (user) await updateUser(user.id, body);
      else await createUser(body);
      await queries.invalidateQueries({ queryKey: usersKey });
      toast({
        text: t(user ? 'studio.users.saved' : 'studio.users.added', { name: values.name ?? '' }),
      });
      onClose();
    } catch (error) {
      setProblem(placeErrors(form, error));
    } finally {
      setBusy(false);
    }
  };
  useShortcuts({ 'mod+s': () => form.submit() }, Boolean(id));

  return (
    <Drawer
      open={Boolean(id)}
      onClose={onClose}
      size={phone ? '100%' : 520}
      title={isNew ? t('studio.users.add') : (user?.name ?? t('studio.users.one'))}
      footer={
        <div className="studio-actions studio-end">
          <Button onClick={onClose}>{t('ui.action.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {isNew ? t('studio.users.create') : t('ui.action.save')}
          </Button>
        </div>
      }
    >
      {loaded.isError && !isNew ? (
        <LoadProblem text={errorText(loaded.error)} onRetry={() => void loaded.refetch()} />
      ) : !isNew && !user ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : (
        <>
          {user && <Account user={user} />}
          <Form form={form} layout="vertical" requiredMark="optional" onFinish={submit}>
            <UserFields isNew={isNew} form={form} />
            {problem && <Alert type="error" showIcon role="alert" title={problem} />}
            <button type="submit" hidden />
          </Form>
        </>
      )}
    </Drawer>
  );
}

function Account({ user }: { user: User }): ReactNode {
  const { t } = useText();
  const { info } = useSession();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const [password, setPassword] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const self = user.id === info.user.id;

  const run = async (action: () => Promise<unknown>): Promise<boolean> => {
    setProblem(null);
    try {
      await action();
      await queries.invalidateQueries({ queryKey: usersKey });
      return true;
    } catch (error) {
      setProblem(errorText(error));
      return false;
    }
  };
  const setActive = async (active: boolean) => {
    if (!(await run(() => updateUser(user.id, { active })))) return;
    toast({
      text: t(active ? 'studio.users.activated' : 'studio.users.deactivated', { name: user.name }),
      undo: async () => void (await run(() => updateUser(user.id, { active: !active }))),
    });
  };
  const signOut = async () => {
    if (await run(() => signOutEverywhere(user.id)))
      toast({ text: t('studio.users.signed_out', { name: user.name }) });
  };

  return (
    <section className="studio-panel" aria-label={t('studio.users.account')}>
      <p className="studio-inline">
        <StatusTag color={user.active ? 'green' : 'grey'}>
          {t(user.active ? 'studio.users.state_active' : 'studio.users.inactive')}
        </StatusTag>
        <span className="studio-soft">
          {t('studio.users.last_seen')}{' '}
          {user.last_seen_at ? <RelativeTime at={user.last_seen_at} /> : t('studio.users.never')}
        </span>
      </p>
      <div className="studio-actions">
        <Button size="small" onClick={() => setPassword(true)}>
          {t('studio.users.reset_password')}
        </Button>
        <Button size="small" onClick={() => void signOut()}>
          {t('studio.users.sign_out')}
        </Button>
        {!self && (
          <Button size="small" danger={user.active} onClick={() => void setActive(!user.active)}>
            {t(user.active ? 'studio.users.deactivate' : 'studio.users.activate')}
          </Button>
        )}
      </div>
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
      <PasswordDialog open={password} user={user} onClose={() => setPassword(false)} />
    </section>
  );
}
