import type { Address, FieldValue } from '@hougu/api/types';
import { useText } from '@hougu/i18n';
import { AddressPicker, addressText } from '../address_picker';
import { type DisplayProps, type EditorProps, type FieldKind, inputProps, presence } from '../kind';
import type { PastedAddress } from '../pasted_address';

function asAddress(value: FieldValue): Address | null {
  return typeof value === 'object' && value !== null && ('street' in value || 'code' in value)
    ? (value as Address)
    : null;
}

function Editor(props: EditorProps) {
  const { field, value, onChange, siblings } = props;
  const { localized } = useText();
  const { status, disabled } = inputProps(props);
  // Name and phone out of the same paste, where the record has such fields and they are empty.
  const fill = (pasted: PastedAddress) => {
    if (!siblings) return;
    const put = (names: string[], text: string | null) => {
      const name = names.find((one) => siblings.names.includes(one));
      if (name && text && !siblings.get(name)) siblings.set(name, text);
    };
    put(['contact_name', 'name'], pasted.name);
    put(['contact_phone', 'phone'], pasted.phone);
  };
  return (
    <AddressPicker
      {...(props.id && { id: props.id })}
      {...(props.describedBy && { describedBy: props.describedBy })}
      label={localized(field.label)}
      disabled={disabled}
      status={status}
      value={asAddress(value)}
      onChange={onChange}
      onPasted={fill}
    />
  );
}

function Display({ value, compact }: DisplayProps) {
  // Masked addresses come as text.
  if (typeof value === 'string') return <span>{value}</span>;
  const address = asAddress(value);
  if (!address) return null;
  const text = addressText(address);
  return (
    <span className={compact ? 'hougu-cut' : undefined} title={compact ? text : undefined}>
      {text}
    </span>
  );
}

export const addressKind: FieldKind = {
  type: 'address',
  Editor,
  Display,
  column: { width: 240 },
  operators: ['contains', ...presence],
  wide: true,
};
