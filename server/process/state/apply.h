// Carries one event into the state: the only writer of it. Deterministic; the event must be one
// that the engine made for this state and this version of the process.
#pragma once

#include "process/state/events.h"

namespace hougu::process {
void apply(const Process& process, State& state, const Event& event);
}  // namespace hougu::process
