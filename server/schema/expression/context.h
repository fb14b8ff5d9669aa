// What expressions know besides the record: who asks and when. Inside schema/expression only.
#pragma once

#include "feel/evaluation.h"
#include "identity/principal.h"
#include "schema/calendar.h"

namespace hougu::schema {
// `user`: id, name, teams and departments (ids as texts).
feel::Value user_value(const identity::Principal& who);
feel::Zone feel_zone(const Zone& zone);
feel::Value moment_value(Millis time, const feel::Zone& zone);
void set_clock(feel::Evaluation& run, Millis now, const Zone& zone);
}  // namespace hougu::schema
