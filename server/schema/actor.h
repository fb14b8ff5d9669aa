// Who did it, as events say it.
#pragma once

#include "base/clock.h"
#include "base/id.h"
#include "identity/principal.h"
#include "store/events.h"

namespace hougu::schema {
// An event by this person at this moment; its type, record, changes and data are the caller's.
// Views point into `who`.
inline store::Event event_by(const identity::Principal& who, IdSource& ids, Millis now) {
  store::Event event;
  event.id = ids.next();
  event.at = now;
  event.actor_kind = who.kind;
  event.actor = who.api_key.value_or(who.id);
  event.actor_name = who.name;
  return event;
}
}  // namespace hougu::schema
