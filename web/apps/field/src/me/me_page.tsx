// The person: language, light or dark, password, signing out.
import { errorText, OfflineError } from '@hougu/api/client';
import { usePreference, useSession } from '@hougu/api/session';
import { locales, useText } from '@hougu/i18n';
import { Avatar, type Mode, useAppearance } from '@hougu/ui';
import { App, Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/page';
import { TabBar } from '../app/tab_bar';
import { useOutboxState } from '../outbox/provider';

const modes: Mode[] = ['light', 'dark', 'system'];

function Language(): ReactNode {
  const { t, locale, setLocale } = useText();
  const [, keep] = usePreference<string>('locale', locale);
  return (
    <div className="stacked">
      <span id="me-language">{t('field.me.language')}</span>
      <Segmented
        block
        aria-labelledby="me-language"
        value={locale}
        options={locales.map((name) => ({
          value: name,
          label: t(`ui.user.locale_${name === 'en' ? 'en' : 'zh'}.other_language`),
        }))}
        onChange={(name) => {
          void setLocale(name);
          keep(name);
        }}
      />
    </div>
  );
}

function Looks(): ReactNode {
  const { t } = useText();
  const { mode, setMode } = useAppearance();
  const [, keep] = usePreference<string>('theme', mode);
  return (
    <div className="stacked">
      <span id="me-mode">{t('ui.user.mode')}</span>
      <Segmented<Mode>
        block
        aria-labelledby="me-mode"
        value={mode}
        options={modes.map((name) => ({
          value: name,
          label: name === 'system' ? t('field.me.mode_system') : t(`ui.user.mode_${name}`),
        }))}
        onChange={(name) => {
          setMode(name);
          keep(name);
        }}
      />
    </div>
  );
}

export default function MePage(): ReactNode {
  const { t } = useText();
  const { info, signOut } = useSession();
  const { modal, message } = App.useApp();
  const { deeds } = useOutboxState();
  const leave = () =>
    signOut().catch((error: unknown) => {
      void message.error(error instanceof OfflineError ? t('field.me.no_line') : errorText(error));
    });
  const onSignOut = () => {
    if (deeds.length === 0) return void leave();
    // what waits stays on this phone, but nobody sends it meanwhile
    modal.confirm({
      title: t('field.me.unsent_title', { count: deeds.length }),
      content: t('field.me.unsent_text'),
      okText: t('field.me.sign_out'),
      cancelText: t('field.me.stay'),
      okButtonProps: { danger: true },
      onOk: leave,
    });
  };
  return (
    <Page title={t('field.app.me')} foot={<TabBar />}>
      <section className="panel person">
        <Avatar name={info.user.name} size={56} />
        <div>
          <h1>{info.user.name}</h1>
          <p className="soft">{info.units.map((unit) => unit.name).join(' · ')}</p>
        </div>
      </section>
      <section className="panel form">
        <Language />
        <Looks />
      </section>
      <section className="panel form">
        <Link to="/unsent" className="line-link">
          {t('field.unsent.title')} <span>{deeds.length}</span>
        </Link>
        <Button block className="tall" danger onClick={onSignOut}>
          {t('field.me.sign_out')}
        </Button>
      </section>
    </Page>
  );
}
