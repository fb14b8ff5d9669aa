import { AimOutlined } from '@ant-design/icons';
import type { FieldValue, Geolocation } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Button, InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { type DisplayProps, type EditorProps, type FieldKind, inputProps, presence } from '../kind';

function position(value: FieldValue): Geolocation | null {
  return typeof value === 'object' && value !== null && 'lat' in value
    ? (value as Geolocation)
    : null;
}

function Editor(props: EditorProps) {
  const { field, value, onChange } = props;
  const { t, localized } = useText();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const point = position(value);
  // A half-typed point isn't a value yet: it is kept here until both numbers are there.
  const [half, setHalf] = useState<{ lat: number | null; lng: number | null }>({
    lat: null,
    lng: null,
  });
  const lat = point?.lat ?? half.lat;
  const lng = point?.lng ?? half.lng;
  const datum = point?.datum ?? 'wgs84';
  const put = (nextLat: number | null, nextLng: number | null, nextDatum: Geolocation['datum']) => {
    setHalf({ lat: nextLat, lng: nextLng });
    onChange(
      nextLat === null || nextLng === null
        ? null
        : { lat: nextLat, lng: nextLng, datum: nextDatum },
    );
  };
  const locate = () => {
    setBusy(true);
    setProblem(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setBusy(false);
        put(Number(coords.latitude.toFixed(6)), Number(coords.longitude.toFixed(6)), 'wgs84');
      },
      () => {
        setBusy(false);
        setProblem(t('forms.position.refused'));
      },
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  };
  const shared = inputProps(props);
  const label = localized(field.label);
  return (
    <>
      <Space.Compact block>
        <InputNumber
          {...shared}
          style={{ width: '30%' }}
          aria-label={`${label} ${t('forms.position.lat')}`}
          placeholder={t('forms.position.lat')}
          min={-90}
          max={90}
          precision={6}
          controls={false}
          value={lat}
          onChange={(next) => put(next, lng, datum)}
        />
        <InputNumber
          disabled={shared.disabled}
          status={shared.status}
          style={{ width: '30%' }}
          aria-label={`${label} ${t('forms.position.lng')}`}
          placeholder={t('forms.position.lng')}
          min={-180}
          max={180}
          precision={6}
          controls={false}
          value={lng}
          onChange={(next) => put(lat, next, datum)}
        />
        <Select
          disabled={shared.disabled}
          style={{ width: '25%' }}
          aria-label={`${label} ${t('forms.position.datum')}`}
          value={datum}
          options={(['wgs84', 'gcj02', 'bd09'] as const).map((name) => ({
            value: name,
            label: t(`forms.position.${name}`),
          }))}
          onChange={(next) => put(lat, lng, next)}
        />
        <Button
          icon={<AimOutlined />}
          loading={busy}
          disabled={shared.disabled}
          aria-label={t('forms.position.here')}
          title={t('forms.position.here')}
          onClick={locate}
        />
      </Space.Compact>
      {problem && (
        <div role="alert" style={{ color: 'var(--hougu-orange)', fontSize: 12 }}>
          {problem}
        </div>
      )}
    </>
  );
}

function Display({ value }: DisplayProps) {
  const { t } = useText();
  const point = position(value);
  if (!point) return null;
  return (
    <span title={t(`forms.position.${point.datum}`)} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {point.lat}, {point.lng}
    </span>
  );
}

export const geolocationKind: FieldKind = {
  type: 'geolocation',
  Editor,
  Display,
  column: { width: 170 },
  operators: presence,
};
