// Telephone numbers as people in China write them; the server has the last word.

// Full-width digits, spaces, dashes and brackets away; +86 away from a mobile number.
export function tidyPhone(typed: string): string {
  const plain = typed.normalize('NFKC').replace(/[\s()\u2010-\u2015.-]/g, '');
  return plain.replace(/^(?:\+|00)86(?=1[3-9]\d{9}$)/, '').replace(/^86(?=1[3-9]\d{9}$)/, '');
}

export function looksLikePhone(typed: string): boolean {
  const plain = tidyPhone(typed);
  return (
    /^1[3-9]\d{9}$/.test(plain) || // mobile
    /^0\d{9,11}$/.test(plain) || // area code and number
    /^[48]00\d{7}$/.test(plain) ||
    /^\+\d{6,15}$/.test(plain)
  );
}
