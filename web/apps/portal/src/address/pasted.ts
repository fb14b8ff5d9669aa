// Reads pasted text with the reader that the desk's forms use; it comes with the list of divisions,
// only when somebody pastes.
import type { Division } from '../api/portal';
import type { Locale } from '../text/text';
import { loadDivisions, namesOf } from './divisions';

export interface Found {
  name: string;
  phone: string;
  // empty unless the district was named: half an address would have to be picked anyway
  code: string;
  names: string;
  street: string;
}

export async function readPasted(words: string, locale: Locale): Promise<Found> {
  const [{ readPastedAddress }, tree] = await Promise.all([
    import('@hougu/forms/pasted_address'),
    // without the list the name and the telephone are still found
    loadDivisions(locale).catch((): Division[] => []),
  ]);
  const { name, phone, region, street } = readPastedAddress(words, tree);
  const deepest = region[region.length - 1];
  const whole = deepest !== undefined && (deepest.children ?? []).length === 0;
  return {
    name: name ?? '',
    phone: phone ?? '',
    code: whole ? deepest.code : '',
    names: whole ? namesOf(region) : '',
    street: street ?? '',
  };
}
