// What a new record starts with: a fixed value, or "today", "now", "me".

import type { Field, FieldValue, Json } from '@hougu/api/types';
import { kindOf } from '@hougu/forms';
import { useText } from '@hougu/i18n';
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { defaultWords } from './type_settings';

interface DefaultInputProps {
  field: Field;
  onChange: (value: Json | undefined) => void;
}

export function DefaultInput({ field, onChange }: DefaultInputProps): ReactNode {
  const { t } = useText();
  const word = defaultWords[field.type];
  const given = field.default;
  const isWord = typeof given === 'string' && given.startsWith('$');
  const Editor = kindOf(field.type).Editor;
  // A default must not itself be told to be required.
  const plain: Field = { ...field };
  delete plain.required;
  return (
    <>
      {word && (
        <Checkbox
          checked={isWord}
          onChange={(event) => onChange(event.target.checked ? word : undefined)}
        >
          {t(`studio.entity.default_${word.slice(1)}`)}
        </Checkbox>
      )}
      {!isWord && field.type !== 'user' && (
        <Editor
          field={plain}
          id="field-default"
          value={(given ?? null) as FieldValue}
          onChange={(value) =>
            onChange(value === null || value === '' ? undefined : (value as Json))
          }
        />
      )}
    </>
  );
}
