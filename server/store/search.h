// Full text the same way on both databases: our own tokens, so that Chinese is found in any
// substring. Tokens: one per Han character; runs of letters and digits as one word (NFKC,
// case-folded); a code such as "MDV-D22T2" as a whole and in its pieces; for digit runs of 7 and
// more also the last 4 and last 8 digits (people remember the end of a phone or serial number), and
// the last 11 of longer ones (a mobile number behind a country code). At most 16,000 tokens of a
// document are kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace hougu::store {
// The words of a record's searchable texts, joined by spaces, ready for Transaction::put_search().
std::string search_document(const std::vector<std::string_view>& texts);
// A person's words as the parameter of search_condition(): all must match; adjacent Han characters
// match as a phrase; the last word also as a prefix (of letters from 3 characters on, with digits
// from 6, of digits alone from 7). A code is found with or without its hyphens, a number with or
// without spaces. Empty when there is nothing to search for. Operators of the databases' own query
// languages have no effect.
// `whole`: the last word as it stands.
std::string search_query(Dialect dialect, std::string_view typed, bool whole = false);
// The same for a person who is waiting: a last word that hundreds of records have is a whole one.
// As a beginning it would gather every record of every word that goes on from it.
Result<std::string> search_query_for(Transaction& tx, std::string_view table,
                                     std::string_view typed);
}  // namespace hougu::store
