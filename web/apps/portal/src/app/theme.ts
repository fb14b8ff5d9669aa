// Light, dark, or as the phone says; with the organisation's colour. Remembered in this browser.
import { applyVariables, type Scheme } from '@hougu/ui/tokens';

const place = 'hougu.portal.theme';
let chosen: Scheme | null = null;
let accent: string | null = null;

const phones = () => window.matchMedia('(prefers-color-scheme: dark)');
export const currentScheme = (): Scheme => chosen ?? (phones().matches ? 'dark' : 'light');

function apply() {
  applyVariables(currentScheme(), accent);
}

export function startTheme() {
  try {
    const stored = localStorage.getItem(place);
    if (stored === 'light' || stored === 'dark') chosen = stored;
  } catch {
    // then the phone's own choice holds
  }
  phones().addEventListener('change', apply);
  apply();
}

export function chooseScheme(scheme: Scheme) {
  chosen = scheme;
  apply();
  try {
    localStorage.setItem(place, scheme);
  } catch {
    // holds for this visit
  }
}

export function applyAccent(colour: string | null) {
  accent = colour;
  apply();
}
