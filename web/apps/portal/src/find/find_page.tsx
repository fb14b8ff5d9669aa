// The way back with what is on a note: number and telephone.
import { type FormEvent, useRef, useState } from 'react';
import { reportReachable } from '../api/connection';
import { findTicket, trackPath } from '../api/portal';
import { RequestError } from '../api/request';
import { navigate } from '../app/router';
import { useTitle } from '../app/title';
import { Notice, useErrorText } from '../parts/blocks';
import { focusFirstError, TextField } from '../parts/field';
import { looksLikePhone, tidyPhone } from '../report/phone';
import { useText } from '../text/text';

export default function FindPage() {
  const { t, locale } = useText();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [number, setNumber] = useState(
    () => new URLSearchParams(window.location.search).get('number') ?? '',
  );
  const [phone, setPhone] = useState('');
  const [errors, setErrors] = useState<{ number?: string; phone?: string }>({});
  const [failed, setFailed] = useState<RequestError | null>(null);
  const [busy, setBusy] = useState(false);
  useTitle(t('portal.find.title'));

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const found: typeof errors = {};
    if (number.trim() === '') found.number = t('portal.find.errors.number');
    if (phone.trim() === '') found.phone = t('portal.find.errors.phone');
    else if (!looksLikePhone(phone)) found.phone = t('portal.report.errors.phoneForm');
    setErrors(found);
    setFailed(null);
    if (Object.keys(found).length > 0) return focusFirstError(form.current);
    setBusy(true);
    try {
      const answer = await findTicket(
        number.normalize('NFKC').trim().toUpperCase(),
        tidyPhone(phone),
        locale,
      );
      reportReachable(true);
      navigate(trackPath(answer.track_url));
    } catch (reason) {
      const error = reason instanceof RequestError ? reason : new RequestError(0, 'network', '');
      reportReachable(!error.unanswered);
      setFailed(error);
      setBusy(false);
    }
  };

  return (
    <form ref={form} className="card" noValidate onSubmit={onSubmit}>
      <h1>{t('portal.find.title')}</h1>
      <TextField
        label={t('portal.find.number')}
        name="number"
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="next"
        maxLength={60}
        placeholder={t('portal.find.numberExample')}
        value={number}
        onValue={setNumber}
        error={errors.number}
      />
      <TextField
        label={t('portal.find.phone')}
        name="tel"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        enterKeyHint="search"
        maxLength={30}
        hint={t('portal.find.phoneHint')}
        value={phone}
        onValue={setPhone}
        error={errors.phone}
      />
      {failed && (
        <Notice tone="bad">
          {failed.status === 404 ? t('portal.find.errors.unknown') : errorText(failed)}
        </Notice>
      )}
      <button type="submit" className="button button-main" aria-disabled={busy}>
        {busy ? t('portal.find.looking') : t('portal.find.look')}
      </button>
    </form>
  );
}
