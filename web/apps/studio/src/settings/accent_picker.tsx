// The organisation's colour: presets or any, seen at once in light and dark, with its contrast.
import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useText } from '@hougu/i18n';
import { contrast, cssVariables, defaultAccent, isColor, palette, type Scheme } from '@hougu/ui';
import { Button, ColorPicker } from 'antd';
import type { CSSProperties, ReactNode } from 'react';

interface AccentPickerProps {
  id?: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
}

const presets = [
  '#0f766e',
  '#1677ff',
  '#4f46e5',
  '#7c3aed',
  '#be185d',
  '#c2410c',
  '#15803d',
  '#334155',
];

export function AccentPicker({ id, value, onChange }: AccentPickerProps): ReactNode {
  const { t } = useText();
  const color = isColor(value) ? value : defaultAccent;
  // White words on the colour, as on the main buttons of light pages.
  const ratio = contrast(color, palette('light', color)['accent-text']);
  const onPage = contrast(color, palette('light', color).surface);
  const good = onPage >= 3;
  return (
    <div id={id}>
      <div className="studio-inline studio-wrap">
        <ColorPicker
          value={color}
          disabledAlpha
          showText
          format="hex"
          presets={[{ label: t('studio.settings.presets'), colors: presets }]}
          onChange={(next) => onChange?.(next.toHexString().slice(0, 7))}
        />
        {value && (
          <Button type="link" onClick={() => onChange?.(null)}>
            {t('studio.settings.accent_default')}
          </Button>
        )}
      </div>
      <p className={good ? 'studio-soft' : 'studio-warning'} role="status">
        {good ? <CheckCircleOutlined aria-hidden="true" /> : <WarningOutlined aria-hidden="true" />}{' '}
        {t(good ? 'studio.settings.contrast_good' : 'studio.settings.contrast_poor', {
          ratio: ratio.toFixed(1),
          page: onPage.toFixed(1),
        })}
      </p>
      <div className="studio-pair">
        <Sample scheme="light" color={color} />
        <Sample scheme="dark" color={color} />
      </div>
    </div>
  );
}

/** A piece of a page in this colour; only to look at. */
function Sample({ scheme, color }: { scheme: Scheme; color: string }): ReactNode {
  const { t } = useText();
  return (
    <div
      className="studio-sample"
      style={cssVariables(scheme, color) as CSSProperties}
      role="img"
      aria-label={t(`studio.settings.sample_${scheme}`)}
    >
      <div aria-hidden="true">
        <strong>{t(`ui.user.mode_${scheme}`)}</strong>
        <span className="studio-sample-nav">{t('studio.settings.sample_nav')}</span>
        <span className="studio-sample-button">{t('studio.settings.sample_button')}</span>
        <span className="studio-sample-link">{t('studio.settings.sample_link')}</span>
      </div>
    </div>
  );
}
