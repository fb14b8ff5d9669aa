// The rules of the BPMN 2.0 standard (formal/2013-12-09) that a model must keep to be executed,
// held against the document itself, so that a problem names the element a person sees.
#pragma once

#include "process/model/index.h"
#include "process/model/problem.h"

namespace hougu::process {
void check_rules(const Index& index, Problems& problems);
}  // namespace hougu::process
