// A report in two steps, with a device (scanned) or without.
import { type FormEvent, useCallback, useEffect, useRef } from 'react';
import { useLoaded } from '../api/loading';
import {
  type DeviceInfo,
  deviceInfo,
  type PortalInfo,
  type Receipt,
  trackPath,
} from '../api/portal';
import { usePortal } from '../app/portal_info';
import { navigate } from '../app/router';
import { useTitle } from '../app/title';
import { keepSent } from '../entry/recent';
import { Notice, Skeleton, useErrorText } from '../parts/blocks';
import { focusFirstError } from '../parts/field';
import { BackIcon } from '../parts/icons';
import { isBusy, type Photo } from '../photos/photo_queue';
import { useText } from '../text/text';
import { ContactStep } from './contact_step';
import { DeviceCard, OpenTicket } from './device_card';
import { ProblemStep } from './problem_step';
import { useReport } from './use_report';

function Unsettled({ sending, onRetry }: { sending: boolean; onRetry: () => void }) {
  const { t } = useText();
  return (
    <div className="card unsettled" role="status">
      <h2>{t('portal.report.unsettledTitle')}</h2>
      <p>{t('portal.report.unsettledText')}</p>
      <button type="button" className="button button-main" disabled={sending} onClick={onRetry}>
        {sending ? t('portal.report.sending') : t('portal.report.retryNow')}
      </button>
    </div>
  );
}

// The pictures of step 1 while step 2 is filled in: on their way, or in need of a decision.
function PhotosUnderWay({ photos, awaited }: { photos: Photo[]; awaited: boolean }) {
  const { t } = useText();
  const failed = photos.filter(({ state }) => state === 'failed').length;
  const sent = photos.filter(({ state }) => state === 'sent').length;
  return (
    <div role="status" className="photos-state">
      {isBusy(photos) && (
        <p>
          {t(awaited ? 'portal.photos.awaited' : 'portal.photos.underWay', {
            sent,
            count: photos.length,
          })}
        </p>
      )}
      {!isBusy(photos) && failed > 0 && (
        <p className="field-error">{t('portal.photos.lost', { count: failed })}</p>
      )}
    </div>
  );
}

function ReportForm(props: { token: string | null; device: DeviceInfo | null; info: PortalInfo }) {
  const { token, device, info } = props;
  const { t } = useText();
  const errorText = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const known = device?.contact ?? null;
  const setting = useRef({ token, known: known !== null }).current;
  const onSent = useCallback((receipt: Receipt) => {
    const path = trackPath(receipt.track_url);
    keepSent({ number: receipt.number, path, at: Date.now() });
    navigate(path, { replace: true, state: { sent: true } });
  }, []);
  const report = useReport(setting, info, onSent);
  const { draft, errors, refusal, sending } = report;

  const shown = useRef(draft.step);
  useEffect(() => {
    if (shown.current === draft.step) return;
    shown.current = draft.step;
    window.scrollTo(0, 0);
    heading.current?.focus();
  }, [draft.step]);

  const { marked } = report;
  useEffect(() => {
    if (marked > 0) focusFirstError(form.current);
  }, [marked]);

  if (report.unsettled) return <Unsettled sending={sending} onRetry={report.retry} />;

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.step === 1) report.toContact();
    else report.finish();
  };
  const common = { draft, change: report.edit, errors, withDevice: token !== null };
  return (
    <form ref={form} className="card report" noValidate onSubmit={onSubmit}>
      <header className="step-head">
        <h2 ref={heading} tabIndex={-1}>
          {draft.step === 1 ? t('portal.report.step1') : t('portal.report.step2')}
        </h2>
        <span className="step-count">{t('portal.report.stepOf', { step: draft.step })}</span>
      </header>
      {draft.step === 1 ? (
        <ProblemStep {...common} info={info} queue={report.queue} />
      ) : (
        <ContactStep {...common} known={known} />
      )}
      {draft.step === 2 && <PhotosUnderWay photos={report.photos} awaited={report.awaiting} />}
      {refusal && <Notice tone="bad">{errorText(refusal)}</Notice>}
      <footer className="actions">
        {draft.step === 2 && (
          <button type="button" className="button" onClick={report.back}>
            <BackIcon />
            {t('portal.form.back')}
          </button>
        )}
        <button
          type="submit"
          className="button button-main"
          aria-disabled={sending || report.awaiting}
        >
          {draft.step === 1
            ? t('portal.form.next')
            : sending || report.awaiting
              ? t('portal.report.sending')
              : t('portal.report.send')}
        </button>
      </footer>
    </form>
  );
}

export default function ReportPage({ token }: { token: string | null }) {
  const { t, locale } = useText();
  const errorText = useErrorText();
  const portal = usePortal();
  const load = useCallback(
    async () => (token ? await deviceInfo(token, locale) : null),
    [token, locale],
  );
  const device = useLoaded(load);
  useTitle(t('portal.report.title'));

  if (device.error && !device.error.unanswered && !device.value) {
    return (
      <Notice tone="bad" title={t('portal.device.unknownTitle')}>
        <p>
          {device.error.status === 404 ? t('portal.device.unknownText') : errorText(device.error)}
        </p>
        <button type="button" className="button button-main" onClick={() => navigate('/report')}>
          {t('portal.device.reportAnyway')}
        </button>
      </Notice>
    );
  }
  const ready = portal.value && (!token || device.value);
  return (
    <>
      <h1 className={token ? 'visually-hidden' : undefined}>{t('portal.report.title')}</h1>
      {token && (device.value ? <DeviceCard device={device.value} /> : <Skeleton lines={3} />)}
      {device.value?.open_ticket && <OpenTicket open={device.value.open_ticket} />}
      {ready && portal.value ? (
        <ReportForm key={token ?? ''} token={token} device={device.value} info={portal.value} />
      ) : (
        <Skeleton lines={7} />
      )}
    </>
  );
}
