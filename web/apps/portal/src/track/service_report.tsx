import type { Tracked } from '../api/portal';
import { useText } from '../text/text';
import { Pictures } from './pictures';

export function ServiceReport({ report }: { report: NonNullable<Tracked['report']> }) {
  const { t } = useText();
  return (
    <section className="card" aria-labelledby="service-report">
      <h2 id="service-report">{t('portal.service.title')}</h2>
      <dl className="facts">
        {report.fault_cause && (
          <div>
            <dt>{t('portal.service.cause')}</dt>
            <dd>{report.fault_cause}</dd>
          </div>
        )}
        {report.action_taken && (
          <div>
            <dt>{t('portal.service.action')}</dt>
            <dd>{report.action_taken}</dd>
          </div>
        )}
      </dl>
      {report.photos.length > 0 && <Pictures urls={report.photos} />}
    </section>
  );
}
