import { type ReactNode, useState } from 'react';
import { useReachable } from '../api/connection';
import { PhoneIcon } from '../parts/icons';
import { type Locale, useText } from '../text/text';
import { usePortal } from './portal_info';
import { navigate } from './router';
import { chooseScheme, currentScheme } from './theme';

function Brand() {
  const { t } = useText();
  const organisation = usePortal().value?.organisation;
  return (
    <a
      className="brand"
      href="/"
      onClick={(event) => {
        event.preventDefault();
        navigate('/');
      }}
    >
      {organisation?.logo_url && <img src={organisation.logo_url} alt="" height={28} />}
      <span>{organisation?.name || t('portal.shell.service')}</span>
    </a>
  );
}

function Switches() {
  const { t, locale, setLocale } = useText();
  const [theme, setTheme] = useState(currentScheme);
  const otherLocale: Locale = locale === 'en' ? 'zh-CN' : 'en';
  const otherTheme = theme === 'dark' ? 'light' : 'dark';
  return (
    <div className="switches">
      <button type="button" lang={otherLocale} onClick={() => setLocale(otherLocale)}>
        {otherLocale === 'en'
          ? t('portal.language.en.other_language')
          : t('portal.language.zh.other_language')}
      </button>
      <button
        type="button"
        onClick={() => {
          chooseScheme(otherTheme);
          setTheme(otherTheme);
        }}
      >
        {otherTheme === 'dark' ? t('portal.shell.dark') : t('portal.shell.light')}
      </button>
    </div>
  );
}

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useText();
  const reachable = useReachable();
  const phone = usePortal().value?.organisation.phone;
  return (
    <>
      <header className="top">
        <Brand />
        <Switches />
      </header>
      <div className="connection" role="status">
        {!reachable && <p>{t('portal.shell.offline')}</p>}
      </div>
      <main>{children}</main>
      <footer className="foot">
        {phone && (
          <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
            <PhoneIcon />
            {t('portal.shell.hotline', { phone })}
          </a>
        )}
      </footer>
    </>
  );
}
