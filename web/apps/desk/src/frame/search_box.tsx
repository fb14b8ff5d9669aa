// A search field that tells what was typed once the fingers rest.
import { SearchOutlined } from '@ant-design/icons';
import { useSettled } from '@hougu/forms';
import { Input, type InputRef } from 'antd';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  inputRef?: RefObject<InputRef | null>;
}

export function SearchBox({ value, onChange, label, inputRef }: SearchBoxProps): ReactNode {
  const [typed, setTyped] = useState(value);
  const settled = useSettled(typed, 250);
  const told = useRef(value);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    tell.current(settled);
  }, [settled]);
  // Changed from elsewhere: cleared filters, the way back.
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  return (
    <Input
      {...(inputRef && { ref: inputRef })}
      allowClear
      type="search"
      prefix={<SearchOutlined aria-hidden="true" />}
      placeholder={label}
      aria-label={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
