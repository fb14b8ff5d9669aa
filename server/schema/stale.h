// Optimistic concurrency: what a write that was based on an older version may still do.
#pragma once

#include "schema/records_core.h"

namespace hougu::schema {
// Passes when `version` is the record's, or when what is written and what others have changed since
// then are different fields: the two writes then stand beside each other. Otherwise kConflict
// "record.stale" with details as in docs/api.md; values are shown as the person may see them.
Result<void> check_version(const Ask& ask, const Record& present, std::int64_t version,
                           const Values& values);

// One event for a change of this record; its type is the note's verb or `fallback`.
Result<void> append_change(const Ask& ask, const Record& record, std::string_view fallback,
                           const Note& note, const json::array& changes);
}  // namespace hougu::schema
