// Runs before React is there: the page's script, its texts and its data are asked for at once, beside it.
import './styles/base.css';
import './styles/entry.css';
import './styles/forms.css';
import './styles/story.css';
import { askEarly } from './api/portal';
import { preload } from './app/pages';
import { routeOf } from './app/route';
import { startTheme } from './app/theme';
import { loadText, storedLocale } from './text/load';

startTheme();
const route = routeOf(window.location.pathname);
const locale = storedLocale();
const starting = [import('./app/boot'), loadText(locale)] as const;
preload(route);
askEarly(route, locale);
Promise.all(starting).then(([{ show }, text]) => {
  const place = document.getElementById('root');
  if (place) show(place, text);
});
