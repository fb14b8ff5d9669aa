// The texts in use, for components.
import { createContext, type ReactNode, use, useMemo } from 'react';
import type { Locale, Text } from './load';

export type { Key, Locale, Text, Translate } from './load';

interface Shared extends Text {
  setLocale: (locale: Locale) => void;
}
const TextContext = createContext<Shared | null>(null);

export function TextProvider(props: {
  text: Text;
  onLocale: (locale: Locale) => void;
  children: ReactNode;
}) {
  const { text, onLocale } = props;
  const shared = useMemo(() => ({ ...text, setLocale: onLocale }), [text, onLocale]);
  return <TextContext value={shared}>{props.children}</TextContext>;
}

export function useText(): Shared {
  const shared = use(TextContext);
  if (!shared) throw new Error('useText outside TextProvider');
  return shared;
}
