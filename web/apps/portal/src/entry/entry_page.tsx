// Where somebody lands without a code: scan one, report without, or find an earlier report.
import { type ReactNode, useState } from 'react';
import { usePortal } from '../app/portal_info';
import { navigate } from '../app/router';
import { useTitle } from '../app/title';
import { Notice } from '../parts/blocks';
import { FindIcon, NextIcon, ReportIcon, ScanIcon } from '../parts/icons';
import { day } from '../text/formats';
import { useText } from '../text/text';
import { sentReports } from './recent';
import { canScan, Scanner } from './scanner';

function Way(props: { to: string; icon: ReactNode; title: string; text: string }) {
  return (
    <a
      className="card way-card"
      href={props.to}
      onClick={(event) => {
        event.preventDefault();
        navigate(props.to);
      }}
    >
      {props.icon}
      <span>
        <strong>{props.title}</strong>
        <small>{props.text}</small>
      </span>
      <NextIcon />
    </a>
  );
}

function Recent() {
  const { t, locale } = useText();
  const [sent] = useState(sentReports);
  if (sent.length === 0) return null;
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">{t('portal.entry.recent')}</h2>
      <ul className="plain-list">
        {sent.map((report) => (
          <li key={report.path}>
            <Way
              to={report.path}
              icon={<ReportIcon />}
              title={report.number}
              text={t('portal.entry.sentOn', { day: day(new Date(report.at), locale) })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

export default function EntryPage() {
  const { t } = useText();
  const portal = usePortal().value;
  const organisation = portal?.organisation;
  const [scanning, setScanning] = useState(false);
  const [able] = useState(canScan);
  useTitle(t('portal.entry.title'));
  return (
    <>
      <h1>{t('portal.entry.title')}</h1>
      <p className="welcome">{organisation?.welcome || t('portal.entry.welcome')}</p>
      {portal?.enabled === false && <Notice>{t('portal.entry.closed')}</Notice>}
      {able ? (
        <button type="button" className="card way-card way-main" onClick={() => setScanning(true)}>
          <ScanIcon />
          <span>
            <strong>{t('portal.entry.scan')}</strong>
            <small>{t('portal.entry.scanText')}</small>
          </span>
          <NextIcon />
        </button>
      ) : (
        <p className="card scan-by-phone">
          <ScanIcon />
          <span>{t('portal.entry.scanByPhone')}</span>
        </p>
      )}
      <Way
        to="/report"
        icon={<ReportIcon />}
        title={t('portal.entry.report')}
        text={t('portal.entry.reportText')}
      />
      <Way
        to="/find"
        icon={<FindIcon />}
        title={t('portal.entry.find')}
        text={t('portal.entry.findText')}
      />
      <Recent />
      {scanning && <Scanner onClose={() => setScanning(false)} />}
    </>
  );
}
