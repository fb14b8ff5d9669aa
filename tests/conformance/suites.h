// The public suites that bin/conformance runs; each takes the arguments behind its name.
#pragma once

namespace hougu::conformance {
int run_dmn_tck(int count, char** arguments);
int run_bpmn_execution(int count, char** arguments);
int run_bpmn_constraints(int count, char** arguments);
int run_bpmn_models(int count, char** arguments);
}  // namespace hougu::conformance
