import { CalendarOutlined, ScanOutlined, UserOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';

/** The three places of the app, at the thumb. */
export function TabBar(): ReactNode {
  const { t } = useText();
  return (
    <nav className="tab-bar" aria-label={t('field.app.places')}>
      <NavLink to="/" end>
        <CalendarOutlined />
        {t('field.app.today')}
      </NavLink>
      <NavLink to="/device">
        <ScanOutlined />
        {t('field.app.device')}
      </NavLink>
      <NavLink to="/me">
        <UserOutlined />
        {t('field.app.me')}
      </NavLink>
    </nav>
  );
}
