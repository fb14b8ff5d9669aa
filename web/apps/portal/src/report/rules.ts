// What a report needs before it is sent, and how the typed fields become the API's body. Errors are
// named by the API's fields so that the server's own errors find the same places.
import type { PortalInfo, ReportBody } from '../api/portal';
import { type Photo, sentPhotos } from '../photos/photo_queue';
import type { Key, Translate } from '../text/text';
import type { ReportDraft } from './draft';
import { looksLikePhone, tidyPhone } from './phone';

export interface Setting {
  token: string | null;
  // the contact of the last time may be used again
  known: boolean;
}
export type ReportField =
  | 'service_type'
  | 'description'
  | 'photos'
  | 'serial_number'
  | 'contact_name'
  | 'contact_phone'
  | 'address'
  | 'preferred_time';
export type Faults = Partial<Record<ReportField, Key>>;

const repairs = new Set(['', 'on_site_repair', 'depot_repair']);
const atTheCustomers = new Set(['on_site_repair', 'installation']);
const firstStep: ReportField[] = ['service_type', 'description', 'photos', 'serial_number'];

// Which marks an edit takes away: those of what is being mended, and no others.
const mended: Partial<Record<keyof ReportDraft, ReportField[]>> = {
  serviceType: ['service_type', 'description', 'address'],
  faultCategory: ['description'],
  description: ['description'],
  serial: ['serial_number'],
  useKnown: ['contact_name', 'contact_phone', 'address'],
  name: ['contact_name'],
  phone: ['contact_phone'],
  address: ['address'],
  wish: ['preferred_time'],
};
export const mendedBy = (part: Partial<ReportDraft>): ReportField[] =>
  (Object.keys(part) as (keyof ReportDraft)[]).flatMap((name) => mended[name] ?? []);

export const asksForFault = (serviceType: string) => repairs.has(serviceType);
export const asksForVisit = (serviceType: string) =>
  serviceType === '' || atTheCustomers.has(serviceType);
export const stepOf = (field: ReportField): 1 | 2 => (firstStep.includes(field) ? 1 : 2);

export function checkProblem(draft: ReportDraft, setting: Setting): Faults {
  const faults: Faults = {};
  if (!setting.token && !draft.serviceType)
    faults.service_type = 'portal.report.errors.serviceType';
  const picked = asksForFault(draft.serviceType) && draft.faultCategory !== '';
  if (!picked && draft.description.trim() === '')
    faults.description = 'portal.report.errors.description';
  return faults;
}

export function checkContact(draft: ReportDraft, setting: Setting): Faults {
  if (setting.known && draft.useKnown) return {};
  const faults: Faults = {};
  if (draft.name.trim() === '') faults.contact_name = 'portal.report.errors.name';
  if (draft.phone.trim() === '') faults.contact_phone = 'portal.report.errors.phone';
  else if (!looksLikePhone(draft.phone)) faults.contact_phone = 'portal.report.errors.phoneForm';
  const { code, street } = draft.address;
  const begun = code !== '' || street.trim() !== '';
  const needed = !setting.token && atTheCustomers.has(draft.serviceType);
  if ((needed || begun) && code === '') faults.address = 'portal.report.errors.division';
  else if ((needed || begun) && street.trim() === '')
    faults.address = 'portal.report.errors.street';
  return faults;
}

export function bodyOf(
  draft: ReportDraft,
  setting: Setting,
  photos: Photo[],
  info: PortalInfo,
  wish: string,
  t: Translate,
): ReportBody {
  const fault = asksForFault(draft.serviceType)
    ? info.fault_categories.find((choice) => choice.value === draft.faultCategory)
    : undefined;
  const told = draft.description.trim() || (fault?.label ?? '');
  const product = setting.token ? '' : draft.product.trim();
  const useKnown = setting.known && draft.useKnown;
  const { code, street } = draft.address;
  return {
    ...(setting.token ? { qr_token: setting.token } : {}),
    ...(!setting.token && draft.serial.trim() ? { serial_number: draft.serial.trim() } : {}),
    ...(!setting.token && draft.serviceType ? { service_type: draft.serviceType } : {}),
    ...(fault ? { fault_category: fault.value } : {}),
    // behind the words: the first line names the ticket
    description: product ? `${told}\n${t('portal.report.productLine', { product })}` : told,
    photos: sentPhotos(photos).map((photo) => photo.id),
    ...(useKnown
      ? { use_known_contact: true as const }
      : { contact_name: draft.name.trim(), contact_phone: tidyPhone(draft.phone) }),
    ...(!useKnown && code ? { address: { code, street: street.trim() } } : {}),
    ...(wish && asksForVisit(draft.serviceType) ? { preferred_time: wish } : {}),
  };
}
