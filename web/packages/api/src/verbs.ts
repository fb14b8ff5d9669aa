// What people do with a ticket or a visit beside changing its fields (docs/api.md).
export const ticketVerbs = [
  'triage',
  'assign',
  'pause',
  'resume',
  'resolve',
  'close',
  'reopen',
  'cancel',
  'merge',
  'split',
  'link',
  'unlink',
  'message',
] as const;

export const visitVerbs = [
  'plan',
  'assign',
  'accept',
  'refuse',
  'start_travel',
  'arrive',
  'complete',
  'end_unfinished',
  'cancel',
] as const;

const ofEntities: Record<string, readonly string[]> = { ticket: ticketVerbs, visit: visitVerbs };

/** Those of the entity, and whatever else a role already speaks of. */
export function verbsOf(entity: string, granted: readonly string[] = []): string[] {
  const known = ofEntities[entity] ?? [];
  return [...known, ...granted.filter((verb) => verb !== '*' && !known.includes(verb))];
}
