import './styles/base.css';
import './styles/entry.css';
import './styles/forms.css';
import './styles/story.css';
import { createRoot } from 'react-dom/client';
import { App, preload } from './app/app';
import { routeOf } from './app/router';
import { startTheme } from './app/theme';
import { loadText, storedLocale } from './text/text';

startTheme();
preload(routeOf(window.location.pathname));
const place = document.getElementById('root');
loadText(storedLocale()).then((text) => {
  if (place) createRoot(place).render(<App first={text} />);
});
