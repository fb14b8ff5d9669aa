// Step 1 of 2: what is wrong.
import type { PortalInfo } from '../api/portal';
import { Chips } from '../parts/chips';
import { LongTextField, TextField } from '../parts/field';
import { PhotoField } from '../photos/photo_field';
import type { PhotoQueue } from '../photos/photo_queue';
import { useText } from '../text/text';
import type { ReportDraft } from './draft';
import { asksForFault, type ReportField } from './rules';

export function ProblemStep(props: {
  draft: ReportDraft;
  change: (part: Partial<ReportDraft>) => void;
  info: PortalInfo;
  withDevice: boolean;
  queue: PhotoQueue;
  errors: Partial<Record<ReportField, string>>;
}) {
  const { draft, change, info, errors } = props;
  const { t } = useText();
  const repair = asksForFault(draft.serviceType);
  return (
    <>
      {!props.withDevice && (
        <Chips
          label={t('portal.report.serviceType')}
          chips={info.service_types}
          value={draft.serviceType || null}
          onValue={(value) => change({ serviceType: value ?? '' })}
          error={errors.service_type}
        />
      )}
      {repair && info.fault_categories.length > 0 && (
        <Chips
          label={t('portal.report.fault')}
          chips={info.fault_categories}
          value={draft.faultCategory || null}
          onValue={(value) => change({ faultCategory: value ?? '' })}
          clearable
        />
      )}
      <LongTextField
        label={repair ? t('portal.report.description') : t('portal.report.question')}
        name="description"
        rows={4}
        maxLength={5000}
        placeholder={
          repair ? t('portal.report.descriptionExample') : t('portal.report.questionExample')
        }
        value={draft.description}
        onValue={(description) => change({ description })}
        error={errors.description}
      />
      <PhotoField
        queue={props.queue}
        label={t('portal.photos.label')}
        hint={t('portal.photos.hint')}
      />
      {errors.photos && <p className="field-error">{errors.photos}</p>}
      {!props.withDevice && (
        <>
          <TextField
            label={t('portal.report.product')}
            name="product"
            optional
            maxLength={200}
            placeholder={t('portal.report.productExample')}
            value={draft.product}
            onValue={(product) => change({ product })}
          />
          <TextField
            label={t('portal.report.serial')}
            name="serial"
            optional
            maxLength={64}
            autoCapitalize="characters"
            autoCorrect="off"
            spellCheck={false}
            hint={t('portal.report.serialHint')}
            value={draft.serial}
            onValue={(serial) => change({ serial })}
            error={errors.serial_number}
          />
        </>
      )}
    </>
  );
}
