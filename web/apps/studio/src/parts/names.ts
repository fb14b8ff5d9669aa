// Technical names that people should not have to invent.

/** What the server takes for names of entities, fields and roles. */
export const namePattern = /^[a-z][a-z0-9_]{0,40}$/;

/** A name from the English label ("Serial number" → serial_number), else prefix_1, prefix_2, … */
export function suggestName(english: string | undefined, taken: readonly string[], prefix: string) {
  const plain = (english ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 36);
  if (plain && !taken.includes(plain)) return plain;
  const stem = plain || prefix;
  for (let i = plain ? 2 : 1; ; i += 1) {
    const name = `${stem}_${i}`;
    if (!taken.includes(name)) return name;
  }
}
