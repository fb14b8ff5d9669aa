// The frame of desk and studio: a rail at the left, the page beside it; a drawer on phones.

import { MenuFoldOutlined, MenuOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { Button, Drawer, Tooltip } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { usePhone } from './use_media';
import './shell.css';

export interface NavItem {
  key: string;
  /** A path within the app. */
  to?: string;
  /** A page of another app. */
  href?: string;
  label: string;
  icon: ReactNode;
  /** A short count at the right. */
  badge?: string;
  active?: boolean;
}

export interface NavGroup {
  key: string;
  label: string;
  items: NavItem[];
  /** Beside the group's name: a small button. */
  action?: ReactNode;
}

export interface AppShellProps {
  name: string;
  logo?: string | null;
  nav: NavGroup[];
  /** The main thing to do, above the rail's groups. */
  primary?: (narrow: boolean) => ReactNode;
  /** At the rail's foot: the person's menu. */
  foot?: (narrow: boolean) => ReactNode;
  /** In the top bar on phones: search and the like. */
  top?: ReactNode;
  /** Above the page: the connection bar. */
  banner?: ReactNode;
  children: ReactNode;
}

function RailLink({ item, narrow }: { item: NavItem; narrow: boolean }): ReactNode {
  const inside = (
    <>
      <span className="hougu-rail-icon" aria-hidden="true">
        {item.icon}
      </span>
      <span className={narrow ? 'hougu-visually-hidden' : 'hougu-cut'}>{item.label}</span>
      {item.badge && !narrow && <span className="hougu-rail-badge">{item.badge}</span>}
    </>
  );
  const className = item.active ? 'hougu-rail-link hougu-rail-link-active' : 'hougu-rail-link';
  const link = item.href ? (
    <a className={className} href={item.href}>
      {inside}
    </a>
  ) : (
    <Link className={className} to={item.to ?? '/'} aria-current={item.active ? 'page' : undefined}>
      {inside}
    </Link>
  );
  if (!narrow) return link;
  return (
    <Tooltip title={item.badge ? `${item.label} · ${item.badge}` : item.label} placement="right">
      {link}
    </Tooltip>
  );
}

function Rail({
  props,
  narrow,
  onFold,
}: {
  props: AppShellProps;
  narrow: boolean;
  onFold?: () => void;
}): ReactNode {
  const { t } = useText();
  const fold = narrow ? t('ui.shell.unfold') : t('ui.shell.fold');
  return (
    <div className="hougu-rail-inside">
      <div className="hougu-rail-head">
        {!narrow && (
          <Link to="/" className="hougu-rail-brand">
            {props.logo && <img src={props.logo} alt="" />}
            <span className="hougu-cut" title={props.name}>
              {props.name}
            </span>
          </Link>
        )}
        {onFold && (
          <Tooltip title={fold} placement="right">
            <Button
              type="text"
              aria-label={fold}
              icon={narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
              onClick={onFold}
            />
          </Tooltip>
        )}
      </div>
      {props.primary && <div className="hougu-rail-primary">{props.primary(narrow)}</div>}
      <nav className="hougu-rail-nav" aria-label={t('ui.shell.navigation')}>
        {props.nav.map((group) => (
          <section key={group.key} aria-label={group.label}>
            {!narrow && (
              <div className="hougu-rail-group">
                <span>{group.label}</span>
                {group.action}
              </div>
            )}
            {group.items.map((item) => (
              <RailLink key={item.key} item={item} narrow={narrow} />
            ))}
          </section>
        ))}
      </nav>
      {props.foot && <div className="hougu-rail-foot">{props.foot(narrow)}</div>}
    </div>
  );
}

function storedFold(): boolean {
  try {
    return localStorage.getItem('hougu.rail') === 'narrow';
  } catch {
    return false;
  }
}

export function AppShell(props: AppShellProps): ReactNode {
  const { t } = useText();
  const phone = usePhone();
  const { pathname, search } = useLocation();
  const [narrow, setNarrow] = useState(storedFold);
  const [drawer, setDrawer] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address closes the drawer
  useEffect(() => setDrawer(false), [pathname, search]);

  const fold = () => {
    setNarrow(!narrow);
    try {
      localStorage.setItem('hougu.rail', narrow ? 'wide' : 'narrow');
    } catch {
      // storage is forbidden: the choice lasts as long as the page
    }
  };

  return (
    <div className="hougu-shell">
      <a className="hougu-skip" href="#page">
        {t('ui.shell.skip')}
      </a>
      {!phone && (
        <aside className={narrow ? 'hougu-rail hougu-rail-narrow' : 'hougu-rail'}>
          <Rail props={props} narrow={narrow} onFold={fold} />
        </aside>
      )}
      <div className="hougu-shell-main">
        {phone && (
          <header className="hougu-topbar">
            <Button
              type="text"
              aria-label={t('ui.shell.menu')}
              icon={<MenuOutlined />}
              onClick={() => setDrawer(true)}
            />
            <span className="hougu-cut hougu-topbar-name">{props.name}</span>
            {props.top}
          </header>
        )}
        {props.banner}
        <main id="page" className="hougu-page" tabIndex={-1}>
          {props.children}
        </main>
      </div>
      {phone && (
        <Drawer
          open={drawer}
          onClose={() => setDrawer(false)}
          placement="left"
          size={288}
          closable={false}
          title={null}
          styles={{ body: { padding: 0 } }}
          aria-label={t('ui.shell.menu')}
        >
          <Rail props={props} narrow={false} />
        </Drawer>
      )}
    </div>
  );
}
