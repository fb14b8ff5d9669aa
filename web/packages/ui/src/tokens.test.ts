import { theme } from 'antd';
import { describe, expect, it } from 'vitest';
import { themeConfig } from './theme';
import { contrast, hueColors, hues, palette, readableOn, textOn } from './tokens';

describe('colours', () => {
  it.each(['light', 'dark'] as const)('read well in %s', (scheme) => {
    for (const accent of ['#0f766e', '#ffd400', '#1668dc', '#000000', '#ffffff', '#e11d48']) {
      const colors = palette(scheme, accent);
      expect(contrast(colors.accent, colors['accent-text'])).toBeGreaterThan(4.5);
      for (const behind of [colors.page, colors.surface, colors.raised]) {
        expect(contrast(colors['accent-ink'], behind)).toBeGreaterThan(4.4);
        expect(contrast(colors.text, behind)).toBeGreaterThan(10);
        expect(contrast(colors['text-soft'], behind)).toBeGreaterThan(4.5);
      }
    }
    for (const hue of hues) {
      const { ink, soft } = hueColors[scheme][hue];
      expect(contrast(ink, soft), `${scheme} ${hue}`).toBeGreaterThan(4.5);
      expect(contrast(ink, palette(scheme, null).surface), `${scheme} ${hue}`).toBeGreaterThan(4.5);
    }
  });

  it.each(['light', 'dark'] as const)(
    'of filled buttons read well under the pointer in %s',
    (scheme) => {
      for (const accent of [null, '#ffd400', '#1668dc', '#000000', '#e11d48', '#16a34a']) {
        const config = themeConfig(scheme, accent, false, false);
        const token = theme.getDesignToken(config);
        const words = config.components?.Button;
        const pairs: [string | undefined, string[]][] = [
          [
            words?.primaryColor,
            [token.colorPrimary, token.colorPrimaryHover, token.colorPrimaryActive],
          ],
          [words?.dangerColor, [token.colorError, token.colorErrorHover, token.colorErrorActive]],
        ];
        for (const [text, behind] of pairs) {
          for (const color of behind)
            expect(contrast(color, String(text)), `${accent} ${color}`).toBeGreaterThan(4.5);
        }
      }
    },
  );

  it('picks text for a background', () => {
    expect(textOn('#ffd400')).toBe('#000000');
    expect(textOn('#123456')).toBe('#ffffff');
    expect(contrast(readableOn('#ffd400', '#ffffff'), '#ffffff')).toBeGreaterThan(4.5);
  });

  it('falls back when the accent is no colour', () => {
    expect(palette('light', 'red; background: url(x)').accent).toBe(palette('light', null).accent);
  });
});
