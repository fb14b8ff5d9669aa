import { createRoot } from 'react-dom/client';
import type { Text } from '../text/load';
import { App } from './app';

export function show(place: HTMLElement, text: Text) {
  createRoot(place).render(<App first={text} />);
}
