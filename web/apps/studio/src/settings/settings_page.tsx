// The organisation's own: name, logo, colour, time zone, language, portal.
import { errorText, get, put } from '@hougu/api/client';
import { useSession } from '@hougu/api/session';
import { type Locale, locales, useText } from '@hougu/i18n';
import { LoadProblem, useShortcuts, useUndoToast } from '@hougu/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Select, Switch } from 'antd';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { placeErrors } from '../parts/form_errors';
import { Page, PageSkeleton } from '../parts/page';
import { AccentPicker } from './accent_picker';
import { LogoUpload } from './logo_upload';

export interface Settings {
  name: string;
  /** Attachment id. */
  logo: string | null;
  logo_url?: string | null;
  accent_color: string | null;
  time_zone: string;
  default_locale: Locale;
  portal: { enabled: boolean; phone: string; welcome: string };
}

const settingsKey = ['settings'];

/** Zones by their present distance from UTC: "(UTC+08:00) Asia/Shanghai". */
function zoneOptions(): { value: string; label: string }[] {
  const now = new Date();
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const part = format.formatToParts(now).find((one) => one.type === 'timeZoneName');
    const offset = (part?.value ?? 'GMT').replace('GMT', '') || '+00:00';
    return { value: zone, label: `(UTC${offset}) ${zone}`, offset };
  });
  const minutes = (offset: string) => {
    const [, sign, hours, rest] = /([+-])(\d+):(\d+)/.exec(offset) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(rest ?? 0));
  };
  return zones.sort((a, b) => minutes(a.offset) - minutes(b.offset));
}

export default function SettingsPage(): ReactNode {
  const { t } = useText();
  const query = useQuery({
    queryKey: settingsKey,
    queryFn: ({ signal }) => get<Settings>('/setting', undefined, signal),
  });
  if (query.isError)
    return <LoadProblem text={errorText(query.error)} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  return (
    <Page narrow title={t('studio.page.settings')} intro={t('studio.settings.intro')}>
      <SettingsForm settings={query.data} />
    </Page>
  );
}

function SettingsForm({ settings }: { settings: Settings }): ReactNode {
  const { t } = useText();
  const [form] = Form.useForm<Settings>();
  const queries = useQueryClient();
  const session = useSession();
  const toast = useUndoToast();
  const [busy, setBusy] = useState(false);
  const [changed, setChanged] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const zones = useMemo(zoneOptions, []);
  const enabled = Form.useWatch(['portal', 'enabled'], form) ?? settings.portal.enabled;
  useEffect(() => {
    if (!changed) form.setFieldsValue(settings);
  }, [settings, form, changed]);

  const save = async (values: Settings) => {
    setBusy(true);
    setProblem(null);
    try {
      const saved = await put<Settings>('/setting', {
        ...values,
        portal: { ...settings.portal, ...values.portal },
      });
      queries.setQueryData(settingsKey, saved);
      setChanged(false);
      toast({ text: t('studio.settings.saved') });
      await session.refresh(); // name, logo and colour show at once
    } catch (error) {
      setProblem(placeErrors(form, error));
    } finally {
      setBusy(false);
    }
  };
  useShortcuts({ 'mod+s': () => form.submit() });
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={settings}
      onValuesChange={() => setChanged(true)}
      onFinish={(values) => void save(values)}
    >
      <section className="studio-card">
        <h2>{t('studio.settings.organisation')}</h2>
        <Form.Item
          name="name"
          label={t('studio.settings.name')}
          rules={[{ required: true, whitespace: true, message: t('studio.settings.name_missing') }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="logo"
          label={t('studio.settings.logo')}
          extra={t('studio.settings.logo_help')}
        >
          <LogoUpload saved={settings.logo} savedUrl={settings.logo_url ?? null} />
        </Form.Item>
        <Form.Item name="accent_color" label={t('studio.settings.accent')}>
          <AccentPicker />
        </Form.Item>
      </section>
      <section className="studio-card">
        <h2>{t('studio.settings.region')}</h2>
        <Form.Item
          name="time_zone"
          label={t('studio.settings.time_zone')}
          extra={t('studio.settings.time_zone_help')}
          rules={[{ required: true }]}
        >
          <Select showSearch={{ optionFilterProp: 'label' }} options={zones} />
        </Form.Item>
        <Form.Item
          name="default_locale"
          label={t('studio.settings.default_locale')}
          extra={t('studio.settings.default_locale_help')}
          rules={[{ required: true }]}
        >
          <Select
            options={locales.map((locale) => ({
              value: locale,
              label: t(`ui.user.locale_${locale === 'en' ? 'en' : 'zh'}.other_language`),
            }))}
          />
        </Form.Item>
      </section>
      <section className="studio-card">
        <h2>{t('studio.settings.portal')}</h2>
        <Form.Item
          name={['portal', 'enabled']}
          label={t('studio.settings.portal_enabled')}
          valuePropName="checked"
          extra={t(enabled ? 'studio.settings.portal_on' : 'studio.settings.portal_off')}
        >
          <Switch />
        </Form.Item>
        <Form.Item
          name={['portal', 'phone']}
          label={t('studio.settings.portal_phone')}
          extra={t('studio.settings.portal_phone_help')}
        >
          <Input inputMode="tel" maxLength={32} />
        </Form.Item>
        <Form.Item
          name={['portal', 'welcome']}
          label={t('studio.settings.portal_welcome')}
          extra={t('studio.settings.portal_welcome_help')}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} showCount />
        </Form.Item>
        {enabled && (
          <a href="/" target="_blank" rel="noreferrer">
            {t('studio.settings.portal_open')}
          </a>
        )}
      </section>
      {problem && (
        <Alert type="error" showIcon role="alert" title={problem} className="studio-gap" />
      )}
      <div className="studio-savebar">
        <Button
          disabled={!changed}
          onClick={() => {
            form.resetFields();
            form.setFieldsValue(settings);
            setChanged(false);
          }}
        >
          {t('studio.common.discard')}
        </Button>
        <Button type="primary" htmlType="submit" loading={busy} disabled={!changed}>
          {t('ui.action.save')}
        </Button>
      </div>
    </Form>
  );
}
