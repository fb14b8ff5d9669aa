import {
  Component,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { Notice, Skeleton } from '../parts/blocks';
import { loadText, storeLocale } from '../text/load';
import { type Locale, type Text, TextProvider, useText } from '../text/text';
import { pages } from './pages';
import { PortalInfoProvider } from './portal_info';
import { type Route, routeOf } from './route';
import { navigate, usePath } from './router';
import { Shell } from './shell';
import { useTitle } from './title';

const EntryPage = lazy(pages.entry);
const ReportPage = lazy(pages.report);
const FindPage = lazy(pages.find);
const TrackPage = lazy(pages.track);

function NotFound() {
  const { t } = useText();
  useTitle(t('portal.unknown.title'));
  return (
    <Notice tone="bad" title={t('portal.unknown.title')}>
      <p>{t('portal.unknown.text')}</p>
      <button type="button" className="button button-main" onClick={() => navigate('/')}>
        {t('portal.unknown.home')}
      </button>
    </Notice>
  );
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'entry':
      return <EntryPage />;
    case 'report':
      return <ReportPage token={route.token} />;
    case 'find':
      return <FindPage />;
    case 'track':
      return <TrackPage token={route.token} />;
    case 'unknown':
      return <NotFound />;
  }
}

// A page whose script could not be fetched (a new release, a broken line) or that failed: say so.
class Guard extends Component<{ children: ReactNode; text: Text }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    const { t } = this.props.text;
    if (!this.state.failed) return this.props.children;
    return (
      <Notice tone="bad" title={t('portal.shell.failedTitle')}>
        <p>{t('portal.shell.failedText')}</p>
        <button
          type="button"
          className="button button-main"
          onClick={() => window.location.reload()}
        >
          {t('portal.shell.reload')}
        </button>
      </Notice>
    );
  }
}

export function App({ first }: { first: Text }) {
  const path = usePath();
  const [text, setText] = useState(first);
  const main = useRef<HTMLDivElement>(null);
  const opened = useRef(path);

  const onLocale = useCallback((locale: Locale) => {
    storeLocale(locale);
    loadText(locale).then(setText, () => undefined);
  }, []);

  useEffect(() => {
    document.documentElement.lang = text.locale;
  }, [text.locale]);

  useEffect(() => {
    // on a new page a screen reader begins at its top; on the first load the browser does that
    if (opened.current !== path) main.current?.focus();
    opened.current = path;
  }, [path]);

  return (
    <TextProvider text={text} onLocale={onLocale}>
      <PortalInfoProvider>
        <Shell>
          <div ref={main} tabIndex={-1} className="page" key={path}>
            <Guard text={text}>
              <Suspense fallback={<Skeleton lines={6} />}>
                <Page route={routeOf(path)} />
              </Suspense>
            </Guard>
          </div>
        </Shell>
      </PortalInfoProvider>
    </TextProvider>
  );
}
