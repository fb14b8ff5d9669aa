// The person's menu: language, light or dark, other faces, password, sign out.
import {
  BgColorsOutlined,
  GlobalOutlined,
  KeyOutlined,
  LogoutOutlined,
  QuestionCircleOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import { locales, useText } from '@hougu/i18n';
import { Button, Dropdown, type MenuProps } from 'antd';
import type { ReactNode } from 'react';
import { Avatar } from './small';
import { type Mode, useAppearance } from './theme';

export interface UserMenuProps {
  name: string;
  narrow?: boolean;
  /** Addresses of the person's other faces with their names. */
  faces: { href: string; label: string }[];
  onSignOut: () => void;
  onPassword?: () => void;
  onShortcuts?: () => void;
  /** Told after the person chose, to keep it with the account. */
  onLocale?: (locale: (typeof locales)[number]) => void;
  onMode?: (mode: Mode) => void;
}

const modes: Mode[] = ['light', 'dark', 'system'];

export function UserMenu(props: UserMenuProps): ReactNode {
  const { t, locale, setLocale } = useText();
  const { mode, setMode } = useAppearance();
  const items: MenuProps['items'] = [
    {
      key: 'language',
      icon: <GlobalOutlined />,
      label: t('ui.user.language'),
      children: locales.map((name) => ({
        key: `locale-${name}`,
        label: (
          <span lang={name}>
            {t(`ui.user.locale_${name === 'en' ? 'en' : 'zh'}.other_language`)}
          </span>
        ),
        onClick: () => {
          void setLocale(name);
          props.onLocale?.(name);
        },
      })),
    },
    {
      key: 'mode',
      icon: <BgColorsOutlined />,
      label: t('ui.user.mode'),
      children: modes.map((name) => ({
        key: `mode-${name}`,
        label: t(`ui.user.mode_${name}`),
        onClick: () => {
          setMode(name);
          props.onMode?.(name);
        },
      })),
    },
    ...props.faces.map((face) => ({
      key: face.href,
      icon: <SwapOutlined />,
      label: <a href={face.href}>{face.label}</a>,
    })),
    { type: 'divider' },
    ...(props.onShortcuts
      ? [
          {
            key: 'keys',
            icon: <QuestionCircleOutlined />,
            label: t('ui.shortcuts.title'),
            onClick: props.onShortcuts,
          },
        ]
      : []),
    ...(props.onPassword
      ? [
          {
            key: 'password',
            icon: <KeyOutlined />,
            label: t('ui.user.password'),
            onClick: props.onPassword,
          },
        ]
      : []),
    {
      key: 'out',
      icon: <LogoutOutlined />,
      label: t('ui.user.sign_out'),
      onClick: props.onSignOut,
    },
  ];
  const selectable = { selectable: true, selectedKeys: [`locale-${locale}`, `mode-${mode}`] };
  return (
    <Dropdown menu={{ items, ...selectable }} trigger={['click']} placement="topLeft">
      <Button
        type="text"
        block
        {...(props.narrow && { 'aria-label': t('ui.user.menu', { name: props.name }) })}
        style={{ justifyContent: props.narrow ? 'center' : 'flex-start', paddingInline: 8 }}
      >
        <Avatar name={props.name} />
        {!props.narrow && <span className="hougu-cut">{props.name}</span>}
      </Button>
    </Dropdown>
  );
}
