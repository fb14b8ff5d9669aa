// A temporary password to read out over the phone: no letters that look like digits.
const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** 14 characters in groups: about 67 bits, fresh from the browser's generator. */
export function makePassword(): string {
  const groups: string[] = [];
  const size = [5, 4, 5];
  for (const length of size) {
    let group = '';
    while (group.length < length) {
      for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
        // Bytes beyond a whole multiple would make the first letters more likely.
        if (byte < 256 - (256 % letters.length) && group.length < length)
          group += letters[byte % letters.length];
      }
    }
    groups.push(group);
  }
  return groups.join('-');
}
