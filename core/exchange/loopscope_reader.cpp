// SPDX-License-Identifier: MIT
#include "core/exchange/loopscope_reader.hpp"

#include <utility>

#include "core/base/result.hpp"

namespace loopscope::exchange {

LoopscopeReader::LoopscopeReader(Incoming incoming, trace::LogProgress progress)
    : reader_(std::move(incoming.name), {incoming.size, std::move(progress)}) {}

Result<Imported> LoopscopeReader::finish() {
    LOOPSCOPE_TRY(loaded, reader_.finish());
    return Imported{std::move(loaded.log), std::move(loaded.info), std::move(loaded.missing), 0, 0, {}};
}

}  // namespace loopscope::exchange
