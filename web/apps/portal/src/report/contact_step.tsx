// Step 2 of 2: whom to reach, where and when.
import { useState } from 'react';
import { PasteBox } from '../address/paste_box';
import { DivisionPicker } from '../address/picker';
import type { DeviceInfo } from '../api/portal';
import { Chips } from '../parts/chips';
import { TextField } from '../parts/field';
import { NextIcon } from '../parts/icons';
import { useText } from '../text/text';
import type { ReportDraft } from './draft';
import { asksForVisit, type ReportField } from './rules';
import { TimeField } from './time_field';

interface StepProps {
  draft: ReportDraft;
  change: (part: Partial<ReportDraft>) => void;
  known: DeviceInfo['contact'];
  withDevice: boolean;
  errors: Partial<Record<ReportField, string>>;
}

function AddressFields({ draft, change, errors, withDevice }: StepProps) {
  const { t } = useText();
  const [picking, setPicking] = useState(false);
  const { address } = draft;
  const optional = withDevice || !['on_site_repair', 'installation'].includes(draft.serviceType);
  return (
    <fieldset className="address" data-bad={errors.address ? '' : undefined}>
      <legend>
        {t('portal.address.label')}
        {optional && <span className="optional">{t('portal.form.optional')}</span>}
      </legend>
      {withDevice && <p className="hint">{t('portal.address.known')}</p>}
      <button
        type="button"
        className="picked"
        aria-haspopup="dialog"
        aria-describedby={errors.address ? 'address-error' : undefined}
        onClick={() => setPicking(true)}
      >
        <span className={address.code ? '' : 'muted'}>
          {address.names || address.code || t('portal.address.pick')}
        </span>
        <NextIcon />
      </button>
      <TextField
        label={t('portal.address.street')}
        name="street"
        autoComplete="street-address"
        enterKeyHint="done"
        maxLength={200}
        placeholder={t('portal.address.streetExample')}
        value={address.street}
        onValue={(street) => change({ address: { ...address, street } })}
      />
      <p className="field-error" id="address-error" aria-live="polite">
        {errors.address}
      </p>
      {picking && (
        <DivisionPicker
          code={address.code}
          onClose={() => setPicking(false)}
          onPick={(code, names) => {
            change({ address: { ...address, code, names } });
            setPicking(false);
          }}
        />
      )}
    </fieldset>
  );
}

function NewContact(props: StepProps) {
  const { draft, change, errors } = props;
  const { t } = useText();
  const visit = asksForVisit(draft.serviceType) || draft.serviceType === 'depot_repair';
  return (
    <>
      <PasteBox
        onFound={(found) =>
          change({
            name: found.name || draft.name,
            phone: found.phone || draft.phone,
            address: {
              code: found.code || draft.address.code,
              names: found.code ? found.names : draft.address.names,
              street: found.street || draft.address.street,
            },
          })
        }
      />
      <TextField
        label={t('portal.contact.name')}
        name="name"
        autoComplete="name"
        enterKeyHint="next"
        maxLength={60}
        value={draft.name}
        onValue={(name) => change({ name })}
        error={errors.contact_name}
      />
      <TextField
        label={t('portal.contact.phone')}
        name="tel"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        enterKeyHint="next"
        maxLength={30}
        value={draft.phone}
        onValue={(phone) => change({ phone })}
        error={errors.contact_phone}
      />
      {visit && <AddressFields {...props} />}
    </>
  );
}

export function ContactStep(props: StepProps) {
  const { draft, change, known } = props;
  const { t } = useText();
  return (
    <>
      {known && (
        <Chips
          label={t('portal.contact.whom')}
          chips={[
            {
              value: 'known',
              label: t('portal.contact.known'),
              hint: [known.name, known.phone].filter(Boolean).join(' '),
            },
            { value: 'new', label: t('portal.contact.other') },
          ]}
          value={draft.useKnown ? 'known' : 'new'}
          onValue={(value) => change({ useKnown: value === 'known' })}
        />
      )}
      {!(known && draft.useKnown) && <NewContact {...props} />}
      {asksForVisit(draft.serviceType) && (
        <TimeField
          label={t('portal.time.label')}
          wish={draft.wish}
          onWish={(wish) => change({ wish })}
          error={props.errors.preferred_time}
        />
      )}
      <p className="hint">{t('portal.contact.purpose')}</p>
    </>
  );
}
