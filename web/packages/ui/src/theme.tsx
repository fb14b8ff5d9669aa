// Ant Design and the page in the organisation's colour, light or dark, in the language in use.
import { useText } from '@hougu/i18n';
import { App, ConfigProvider, type ThemeConfig, theme as themes } from 'antd';
import type { MapToken } from 'antd/es/theme/interface';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';
import {
  applyVariables,
  filled,
  fontFamily,
  hueColors,
  measures,
  monoFamily,
  palette,
  type Scheme,
} from './tokens';
import { useMedia } from './use_media';
import './base.css';

export type Mode = 'light' | 'dark' | 'system';

export interface AppearanceState {
  /** What the person chose. */
  mode: Mode;
  setMode: (mode: Mode) => void;
  /** What is shown. */
  scheme: Scheme;
  accent: string | null;
  setAccent: (accent: string | null) => void;
}

const AppearanceContext = createContext<AppearanceState | null>(null);

export function useAppearance(): AppearanceState {
  const state = useContext(AppearanceContext);
  if (!state) throw new Error('Appearance is missing above this component');
  return state;
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // storage is forbidden: the choice lasts as long as the page
  }
}

/** Behind messages and their borders: our soft hues, not greyed mixtures of the inks. */
function softGrounds(hue: (typeof hueColors)[Scheme]): Partial<MapToken> {
  const edge = (ink: string) => `${ink}66`;
  return {
    colorInfoBg: hue.blue.soft,
    colorInfoBorder: edge(hue.blue.ink),
    colorSuccessBg: hue.green.soft,
    colorSuccessBorder: edge(hue.green.ink),
    colorWarningBg: hue.orange.soft,
    colorWarningBorder: edge(hue.orange.ink),
    colorErrorBg: hue.red.soft,
    colorErrorBorder: edge(hue.red.ink),
  };
}

/** Ant Design's tokens from ours. */
export function themeConfig(
  scheme: Scheme,
  accent: string | null,
  phone: boolean,
  still: boolean,
): ThemeConfig {
  const colors = palette(scheme, accent);
  const hue = hueColors[scheme];
  const main = filled(colors.accent);
  const danger = filled(scheme === 'dark' ? '#f0716a' : hue.red.ink);
  const config: ThemeConfig = {
    algorithm: [
      scheme === 'dark' ? themes.darkAlgorithm : themes.defaultAlgorithm,
      // Ant Design darkens what it is given for dark pages; ours was chosen to be read there.
      (_seed, map) => ({
        ...(map as MapToken),
        colorPrimary: colors.accent,
        colorPrimaryHover: main.hover,
        colorPrimaryActive: main.active,
        colorLink: colors['accent-ink'],
        colorLinkHover: colors['accent-ink'],
        colorLinkActive: colors['accent-ink'],
        colorError: danger.rest,
        colorErrorHover: danger.hover,
        colorErrorActive: danger.active,
        ...softGrounds(hue),
        // What is chosen stands on our soft accent, not on a grey of it.
        colorPrimaryBg: colors['accent-soft'],
        colorPrimaryBgHover: colors['accent-soft'],
        controlItemBgActive: colors['accent-soft'],
        controlItemBgActiveHover: colors['accent-soft'],
      }),
    ],
    token: {
      colorPrimary: colors.accent,
      colorInfo: hue.blue.ink,
      colorSuccess: hue.green.ink,
      colorWarning: hue.orange.ink,
      colorError: scheme === 'dark' ? '#e5534b' : hue.red.ink,
      colorLink: colors['accent-ink'],
      colorText: colors.text,
      colorTextSecondary: colors['text-soft'],
      colorTextTertiary: colors['text-soft'],
      colorTextDescription: colors['text-soft'],
      colorTextPlaceholder: colors['text-soft'],
      colorIcon: colors['text-soft'],
      colorBgLayout: colors.page,
      colorBgContainer: colors.surface,
      colorBgElevated: colors.raised,
      colorBorder: colors['line-strong'],
      colorBorderSecondary: colors.line,
      colorSplit: colors.line,
      borderRadius: measures.radius - 2,
      borderRadiusLG: measures.radius,
      fontFamily,
      fontFamilyCode: monoFamily,
      fontSize: phone ? measures.phoneText : measures.text,
      controlHeight: phone ? 44 : 32,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
      motion: !still,
      wireframe: false,
    },
  };
  config.components = {
    Button: {
      primaryColor: main.text,
      dangerColor: danger.text,
      defaultHoverColor: colors['accent-ink'],
      defaultHoverBorderColor: colors['accent-ink'],
      defaultActiveColor: colors['accent-ink'],
      defaultActiveBorderColor: colors['accent-ink'],
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
    },
    Tabs: {
      horizontalMargin: '0 0 8px 0',
      itemSelectedColor: colors['accent-ink'],
      itemHoverColor: colors['accent-ink'],
      itemActiveColor: colors['accent-ink'],
    },
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    Table: { cellPaddingBlockSM: 6, headerBg: colors.fill },
    Select: { optionSelectedBg: colors['accent-soft'] },
    Menu: { itemBorderRadius: 6 },
  };
  return config;
}

/** The outermost component of an app. */
export function Appearance({ children }: { children: ReactNode }): ReactNode {
  const { locale } = useText();
  const [mode, keepMode] = useState<Mode>(() => (stored('hougu.mode') as Mode | null) ?? 'system');
  const [accent, keepAccent] = useState<string | null>(() => stored('hougu.accent'));
  const systemDark = useMedia('(prefers-color-scheme: dark)');
  const phone = useMedia(`(max-width: ${measures.phoneBelow - 1}px)`);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const scheme: Scheme = mode === 'dark' || (mode === 'system' && systemDark) ? 'dark' : 'light';

  const setMode = useCallback((next: Mode) => {
    store('hougu.mode', next);
    keepMode(next);
  }, []);
  const setAccent = useCallback((next: string | null) => {
    store('hougu.accent', next);
    keepAccent(next);
  }, []);

  useLayoutEffect(() => applyVariables(scheme, accent), [scheme, accent]);
  useEffect(() => {
    dayjs.locale(locale === 'en' ? 'en' : 'zh-cn');
  }, [locale]);

  const config = useMemo(
    () => themeConfig(scheme, accent, phone, still),
    [scheme, accent, phone, still],
  );
  const state = useMemo(
    () => ({ mode, setMode, scheme, accent, setAccent }),
    [mode, setMode, scheme, accent, setAccent],
  );
  return (
    <AppearanceContext.Provider value={state}>
      <ConfigProvider
        theme={config}
        locale={locale === 'en' ? enUS : zhCN}
        button={{ autoInsertSpace: false }}
      >
        <App
          component={false}
          message={{ maxCount: 3 }}
          notification={{ placement: 'bottomLeft', maxCount: 4 }}
        >
          {children}
        </App>
      </ConfigProvider>
    </AppearanceContext.Provider>
  );
}
