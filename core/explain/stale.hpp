// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/explain/causes.hpp"
#include "core/explain/facts.hpp"

namespace loopscope::explain {

/// Returns a party as sentences name it: the label of the task that heads its chain, or its connection.
std::string party_label(const Facts& facts, const trace::Party& party);

/// Returns the verdict on a stale print: "Stale: it works for request(b)." REQUIRES: the print is stale.
std::string stale_verdict(const Facts& facts, PrintIndex print);

/// Returns how the one who read a stale value came to work for whom it did, and how the value got there, in
/// one sentence: "This item was put by request(b); the context was copied from request(a) when serve was
/// created." REQUIRES: the print is stale.
std::string stale_way(const Facts& facts, PrintIndex print);

/// Returns the events that a stale print comes from: where its work was handed over and taken, and where the
/// task that read the value was created. REQUIRES: the print is stale.
std::vector<Cause> stale_causes(const Facts& facts, PrintIndex print);

}  // namespace loopscope::explain
