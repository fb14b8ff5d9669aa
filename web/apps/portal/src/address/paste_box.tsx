// A message with name, telephone and address, as people forward it, fills the fields at once.
import { useId, useState } from 'react';
import { LongTextField } from '../parts/field';
import { useText } from '../text/text';
import { type Found, readPasted } from './pasted';

export function PasteBox({ onFound }: { onFound: (found: Found) => void }) {
  const { t, locale } = useText();
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const id = useId();
  const read = async (words: string) => {
    const found = await readPasted(words, locale);
    const any = found.name || found.phone || found.code || found.street;
    setSaid(any ? t('portal.contact.pasteDone') : t('portal.contact.pasteNothing'));
    if (any) onFound(found);
  };
  return (
    <details className="paste" id={id}>
      <summary>{t('portal.contact.paste')}</summary>
      <LongTextField
        label={t('portal.contact.pasteLabel')}
        name="pasted"
        rows={3}
        maxLength={500}
        placeholder={t('portal.contact.pasteExample')}
        value={text}
        onValue={setText}
        onPaste={(event) => {
          const words = event.clipboardData.getData('text');
          if (words.trim()) void read(words);
        }}
      />
      <button
        type="button"
        className="button"
        disabled={text.trim() === ''}
        onClick={() => void read(text)}
      >
        {t('portal.contact.pasteRead')}
      </button>
      <p role="status" className="hint">
        {said}
      </p>
    </details>
  );
}
