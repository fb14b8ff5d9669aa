// What an agent types while the phone rings: a phone number, a serial number, or words.

export interface CallerSearch {
  phone?: string;
  serial?: string;
  q?: string;
}

/** Null while too little was typed to find anybody. */
export function readCaller(typed: string): CallerSearch | null {
  const text = typed.normalize('NFKC').trim();
  if (text.length < 2) return null;
  const digits = text.replace(/[\s-]/g, '');
  const search: CallerSearch = { q: text };
  if (/^\+?\d{5,20}$/.test(digits)) search.phone = digits;
  // Serial numbers hold a digit and no blanks; some are digits alone.
  if (/^[A-Za-z0-9][A-Za-z0-9._/-]{3,63}$/.test(text) && /\d/.test(text))
    search.serial = text.toUpperCase();
  return search;
}

/** Whether what was typed can be the new customer's phone number. */
export function phoneOf(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^(\+?86)?1[3-9]\d{9}$|^0\d{9,11}$|^[48]00\d{7}$|^\+\d{6,15}$/.test(digits)
    ? digits
    : null;
}
