// The verbs of the entities that have some (docs/api.md): what people do with a ticket or a visit
// beside changing its fields. Their names are texts: studio.verb.<verb>.
const verbs: Record<string, readonly string[]> = {
  ticket: [
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
  ],
  visit: [
    'plan',
    'assign',
    'accept',
    'refuse',
    'start_travel',
    'arrive',
    'complete',
    'end_unfinished',
    'cancel',
  ],
};

/** Those of the entity, and whatever else a role already speaks of. */
export function verbsOf(entity: string, granted: readonly string[] = []): string[] {
  const known = verbs[entity] ?? [];
  return [...known, ...granted.filter((verb) => verb !== '*' && !known.includes(verb))];
}
