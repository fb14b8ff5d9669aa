// Region by cascader, street by hand, or both (and name and phone) by pasting.
import { SnippetsOutlined } from '@ant-design/icons';
import { useDivisions } from '@hougu/api/queries';
import type { Address, Division } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { Button, Cascader, Input, Popover, Space } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { pathTo, visibleDivisions } from './divisions';
import { type PastedAddress, readPastedAddress } from './pasted_address';

export interface AddressPickerProps {
  value: Address | null;
  onChange: (value: Address | null) => void;
  /** Told what else was in a pasted text. */
  onPasted?: (pasted: PastedAddress) => void;
  id?: string;
  label: string;
  describedBy?: string;
  disabled?: boolean;
  status?: '' | 'error';
}

/** Region and street in one line; what the record lacks is left out. */
export function addressText(address: Address): string {
  const { province, city, district, street } = address;
  const region = [province, city === province ? '' : city, district].filter(Boolean).join('');
  return [region, street].filter(Boolean).join(' ');
}

function withTexts(path: Division[], street: string | null): Address {
  const [province, second, third] = path;
  const district =
    third ??
    (second && (second.children?.length ?? 0) === 0 && path.length === 2 ? second : undefined);
  return {
    code: path[path.length - 1]?.code ?? null,
    street,
    ...(province && { province: province.name }),
    ...(second && second !== district && { city: second.name }),
    ...(district && { district: district.name }),
  };
}

export function AddressPicker(props: AddressPickerProps): ReactNode {
  const { value, onChange, disabled = false, status = '', label } = props;
  const { t } = useText();
  const { data, isLoading } = useDivisions();
  const divisions = useMemo(() => visibleDivisions(data ?? []), [data]);
  const [pasting, setPasting] = useState(false);
  const path = useMemo(
    () => (value?.code ? pathTo(divisions, value.code) : []),
    [divisions, value?.code],
  );
  const street = value?.street ?? '';

  const put = (nextPath: Division[], nextStreet: string) => {
    const next = withTexts(nextPath, nextStreet || null);
    onChange(next.code || next.street ? next : null);
  };
  const paste = (text: string): boolean => {
    const pasted = readPastedAddress(text, divisions);
    const useful = pasted.region.length > 0 || (pasted.phone !== null && pasted.name !== null);
    if (!useful) return false;
    if (pasted.region.length > 0) put(pasted.region, pasted.street ?? street);
    props.onPasted?.(pasted);
    return true;
  };

  return (
    <Space orientation="vertical" style={{ width: '100%' }} size={4}>
      <Space.Compact block>
        <Cascader<Division>
          {...(props.id && { id: props.id })}
          style={{ width: '100%' }}
          aria-label={t('forms.address.region', { label })}
          aria-describedby={props.describedBy}
          disabled={disabled}
          status={status}
          loading={isLoading}
          options={divisions}
          fieldNames={{ label: 'name', value: 'code', children: 'children' }}
          changeOnSelect
          showSearch={{ limit: 30 }}
          placeholder={t('forms.address.choose_region')}
          value={path.map((division) => division.code)}
          onChange={(_, chosen) => put((chosen ?? []) as Division[], street)}
        />
        <PasteButton open={pasting} onOpen={setPasting} onPaste={paste} disabled={disabled} />
      </Space.Compact>
      {value?.code && path.length === 0 && !isLoading && (
        <span style={{ color: 'var(--hougu-text-soft)' }}>
          {addressText({ ...value, street: null })}
        </span>
      )}
      <Input
        aria-label={t('forms.address.street', { label })}
        placeholder={t('forms.address.street_hint')}
        disabled={disabled}
        status={status}
        maxLength={200}
        value={street}
        onChange={(event) => put(path, event.target.value)}
        onPaste={(event) => {
          if (paste(event.clipboardData.getData('text/plain'))) event.preventDefault();
        }}
      />
    </Space>
  );
}

interface PasteButtonProps {
  open: boolean;
  onOpen: (open: boolean) => void;
  onPaste: (text: string) => boolean;
  disabled: boolean;
}

function PasteButton({ open, onOpen, onPaste, disabled }: PasteButtonProps): ReactNode {
  const { t } = useText();
  const [text, setText] = useState('');
  const [unclear, setUnclear] = useState(false);
  const read = () => {
    const done = onPaste(text);
    setUnclear(!done);
    if (!done) return;
    setText('');
    onOpen(false);
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={onOpen}
      title={t('forms.address.paste_title')}
      content={
        <Space orientation="vertical" style={{ width: 320, maxWidth: '80vw' }}>
          <Input.TextArea
            rows={3}
            aria-label={t('forms.address.paste_title')}
            placeholder={t('forms.address.paste_hint')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {unclear && (
            <span role="alert" style={{ color: 'var(--hougu-orange)' }}>
              {t('forms.address.paste_unclear')}
            </span>
          )}
          <Button type="primary" disabled={!text.trim()} onClick={read}>
            {t('forms.address.paste_read')}
          </Button>
        </Space>
      }
    >
      <Button
        icon={<SnippetsOutlined />}
        disabled={disabled}
        aria-label={t('forms.address.paste_title')}
        title={t('forms.address.paste_title')}
      />
    </Popover>
  );
}
