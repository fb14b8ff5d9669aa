// The fields of a person.
import { passwordLength } from '@hougu/api/password';
import { useText } from '@hougu/i18n';
import { Button, Form, type FormInstance, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { UnitPicker, UnitsPicker } from '../organisation/unit_picker';
import { useRoles } from '../roles/role_queries';
import { makePassword } from './make_password';
import type { UserValues } from './user_queries';

export function UserFields({
  isNew,
  form,
}: {
  isNew: boolean;
  form: FormInstance<UserValues>;
}): ReactNode {
  const { t, localized } = useText();
  const roles = useRoles();
  return (
    <>
      <Form.Item
        name="name"
        label={t('studio.users.name')}
        rules={[{ required: true, whitespace: true, message: t('studio.users.name_missing') }]}
      >
        <Input autoFocus={isNew} maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="login"
        label={t('studio.users.login')}
        extra={t('studio.users.login_help')}
        rules={[{ required: true, whitespace: true, message: t('studio.users.login_missing') }]}
      >
        <Input maxLength={100} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Form.Item>
      {isNew && (
        <Form.Item
          label={t('studio.users.password')}
          required
          extra={t('studio.users.password_help', { count: passwordLength })}
        >
          <div className="studio-inline">
            <Form.Item
              name="password"
              noStyle
              rules={[
                { required: true, message: t('studio.users.password_missing') },
                { min: passwordLength, message: t('api.password.rule', { count: passwordLength }) },
              ]}
            >
              <Input
                autoComplete="new-password"
                spellCheck={false}
                className="studio-mono"
                aria-label={t('studio.users.password')}
              />
            </Form.Item>
            <Button onClick={() => form.setFieldValue('password', makePassword())}>
              {t('studio.users.generate')}
            </Button>
          </div>
        </Form.Item>
      )}
      <Form.Item
        name="roles"
        label={t('studio.users.roles')}
        extra={t('studio.users.roles_help')}
        rules={[{ required: true, message: t('studio.users.roles_missing') }]}
      >
        <Select
          mode="multiple"
          placeholder={t('studio.users.roles_choose')}
          options={(roles.data ?? []).map((role) => ({
            value: role.name,
            label: localized(role.label) || role.name,
          }))}
        />
      </Form.Item>
      <Form.Item name="unit" label={t('studio.users.unit')} extra={t('studio.users.unit_help')}>
        <UnitPicker />
      </Form.Item>
      <Form.Item
        name="units"
        label={t('studio.users.more_units')}
        extra={t('studio.users.more_units_help')}
      >
        <UnitsPicker />
      </Form.Item>
      <Form.Item name="phone" label={t('studio.users.phone')}>
        <Input inputMode="tel" maxLength={32} autoComplete="off" />
      </Form.Item>
      <Form.Item name="email" label={t('studio.users.email')}>
        <Input inputMode="email" maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="locale" label={t('studio.users.language')}>
        <Select
          allowClear
          placeholder={t('studio.users.language_default')}
          options={[
            { value: 'zh-CN', label: t('ui.user.locale_zh.other_language') },
            { value: 'en', label: t('ui.user.locale_en.other_language') },
          ]}
        />
      </Form.Item>
    </>
  );
}
