// The organisation and its choices, for every page: asked once for each language, and shown at once
// from the last visit while the fresh ones are on their way.
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo } from 'react';
import { type Loaded, useLoaded } from '../api/loading';
import { type PortalInfo, portalInfo } from '../api/portal';
import { browserStorage } from '../report/draft';
import { type Locale, useText } from '../text/text';
import { applyAccent } from './theme';

const Context = createContext<Loaded<PortalInfo> | null>(null);
const place = (locale: Locale) => `hougu.portal.info.${locale}`;

function lastVisit(locale: Locale): PortalInfo | null {
  try {
    const info = JSON.parse(
      browserStorage()?.getItem(place(locale)) ?? 'null',
    ) as PortalInfo | null;
    return info &&
      Array.isArray(info.service_types) &&
      Array.isArray(info.fault_categories) &&
      info.organisation
      ? info
      : null;
  } catch {
    return null;
  }
}

function remember(locale: Locale, info: PortalInfo) {
  try {
    browserStorage()?.setItem(place(locale), JSON.stringify(info));
  } catch {
    // only makes the next visit a little slower
  }
}

export function PortalInfoProvider({ children }: { children: ReactNode }) {
  const { locale } = useText();
  const load = useCallback(() => portalInfo(locale), [locale]);
  const fresh = useLoaded(load);
  const before = useMemo(() => lastVisit(locale), [locale]);
  const { value } = fresh;
  useEffect(() => {
    if (value) remember(locale, value);
  }, [locale, value]);
  const shown = value ?? before;
  const accent = shown?.organisation.accent_color ?? null;
  useEffect(() => applyAccent(accent), [accent]);
  const shared = useMemo(() => ({ ...fresh, value: shown }), [fresh, shown]);
  return <Context value={shared}>{children}</Context>;
}

export function usePortal(): Loaded<PortalInfo> {
  const info = use(Context);
  if (!info) throw new Error('usePortal outside PortalInfoProvider');
  return info;
}
