// The one file of colours and measures. Light and dark, and the organisation's accent, for pages
// with and without Ant Design: cssVariables() gives them as --hougu-*.

export type Scheme = 'light' | 'dark';

export const defaultAccent = '#0f766e';

/** Pixels; everything stands on a grid of 8. */
export const measures = {
  grid: 8,
  radius: 8,
  text: 14,
  phoneText: 16,
  phoneBelow: 768,
  touch: 48,
} as const;

export const fontFamily =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", ' +
  '"Noto Sans CJK SC", "WenQuanYi Zen Hei", Roboto, "Helvetica Neue", Arial, sans-serif';
export const monoFamily =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

/** Names of the colours that choices and states use. Each has ink (text, icons) and soft (behind it). */
export const hues = ['grey', 'blue', 'cyan', 'green', 'gold', 'orange', 'red', 'purple'] as const;
export type Hue = (typeof hues)[number];

interface Neutral {
  page: string;
  surface: string;
  raised: string;
  fill: string;
  line: string;
  'line-strong': string;
  text: string;
  'text-soft': string;
  shade: string;
}

const neutrals: Record<Scheme, Neutral> = {
  light: {
    page: '#f4f5f7',
    surface: '#ffffff',
    raised: '#ffffff',
    fill: '#eef0f3',
    line: '#e2e5ea',
    'line-strong': '#8a93a1',
    text: '#1a1e25',
    'text-soft': '#59626f',
    shade: '0 4px 16px rgb(20 28 40 / 12%)',
  },
  dark: {
    page: '#111419',
    surface: '#191d24',
    raised: '#222832',
    fill: '#262c36',
    line: '#323a46',
    'line-strong': '#758091',
    text: '#e7eaee',
    'text-soft': '#a5aebb',
    shade: '0 4px 16px rgb(0 0 0 / 48%)',
  },
};

export const hueColors: Record<Scheme, Record<Hue, { ink: string; soft: string }>> = {
  light: {
    grey: { ink: '#4f5865', soft: '#eceef1' },
    blue: { ink: '#1b55b8', soft: '#e5eefc' },
    cyan: { ink: '#0a6172', soft: '#dff3f6' },
    green: { ink: '#17692f', soft: '#e2f4e6' },
    gold: { ink: '#765200', soft: '#fbf2d3' },
    orange: { ink: '#9a3f06', soft: '#fdeddc' },
    red: { ink: '#b0201d', soft: '#fce8e6' },
    purple: { ink: '#6236b0', soft: '#f0eafb' },
  },
  dark: {
    grey: { ink: '#c3cad4', soft: '#2d343f' },
    blue: { ink: '#8fbaff', soft: '#1b2f52' },
    cyan: { ink: '#74d3e3', soft: '#113640' },
    green: { ink: '#7dd694', soft: '#143a20' },
    gold: { ink: '#eac55c', soft: '#3b2f0c' },
    orange: { ink: '#ffb27a', soft: '#45260f' },
    red: { ink: '#ff9f99', soft: '#4a1c1b' },
    purple: { ink: '#c6abff', soft: '#32235a' },
  },
};

function channels(color: string): [number, number, number] {
  const hex = color.replace('#', '');
  const full = hex.length === 3 ? [...hex].map((c) => c + c).join('') : hex;
  const value = Number.parseInt(full, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function luminance(color: string): number {
  const [r, g, b] = channels(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours by WCAG 2: 1 to 21. AA wants 4.5 for text. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function mix(color: string, other: string, share: number): string {
  const [a, b] = [channels(color), channels(other)];
  const parts = a.map((channel, i) => Math.round(channel + ((b[i] ?? 0) - channel) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

export function isColor(value: unknown): value is string {
  return typeof value === 'string' && /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value);
}

/** Black or white, whichever reads better on the colour. */
export function textOn(color: string): string {
  return contrast(color, '#ffffff') >= contrast(color, '#000000') ? '#ffffff' : '#000000';
}

/** The colour, moved towards black or white just so far that it reads on the background. */
export function readableOn(color: string, background: string, wanted = 4.5): string {
  const towards = luminance(background) > 0.4 ? '#000000' : '#ffffff';
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(color, towards, share);
    if (contrast(candidate, background) >= wanted) return candidate;
  }
  return towards;
}

/** Colours of a filled button: under the pointer and pressed it goes away from its words. */
export function filled(color: string): {
  rest: string;
  hover: string;
  active: string;
  text: string;
} {
  const text = textOn(color);
  const away = text === '#ffffff' ? '#000000' : '#ffffff';
  return { rest: color, hover: mix(color, away, 0.14), active: mix(color, away, 0.26), text };
}

export interface Palette extends Neutral {
  accent: string;
  'accent-text': string;
  'accent-ink': string;
  'accent-soft': string;
}

/** All colours of a scheme but the hues. A broken accent falls back to the default. */
export function palette(scheme: Scheme, accent: string | null | undefined): Palette {
  const neutral = neutrals[scheme];
  const base = isColor(accent) ? accent : defaultAccent;
  const solid = scheme === 'dark' ? readableOn(base, neutral.surface, 3) : base;
  return {
    ...neutral,
    accent: solid,
    'accent-text': textOn(solid),
    'accent-ink': readableOn(base, scheme === 'dark' ? neutral.raised : neutral.page, 4.7),
    'accent-soft': mix(solid, neutral.surface, scheme === 'dark' ? 0.8 : 0.9),
  };
}

/** `--hougu-page` … `--hougu-accent`, `--hougu-red`, `--hougu-red-soft` … */
export function cssVariables(scheme: Scheme, accent?: string | null): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(palette(scheme, accent)))
    out[`--hougu-${name}`] = value;
  for (const hue of hues) {
    out[`--hougu-${hue}`] = hueColors[scheme][hue].ink;
    out[`--hougu-${hue}-soft`] = hueColors[scheme][hue].soft;
  }
  out['--hougu-radius'] = `${measures.radius}px`;
  out['--hougu-font'] = fontFamily;
  out['--hougu-mono'] = monoFamily;
  return out;
}

/** Puts the variables on the page. */
export function applyVariables(scheme: Scheme, accent?: string | null): void {
  const root = document.documentElement;
  root.dataset.theme = scheme;
  root.style.colorScheme = scheme;
  for (const [name, value] of Object.entries(cssVariables(scheme, accent)))
    root.style.setProperty(name, value);
}
