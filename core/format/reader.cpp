// SPDX-License-Identifier: MIT
#include "core/format/reader.hpp"

#include <utility>

#include "core/base/input.hpp"
#include "core/format/chunk_reader.hpp"
#include "core/format/trace_loader.hpp"

namespace loopscope::format {

Reader::Reader(std::string name, const Options& options)
    : loader_(std::make_unique<TraceLoader>(name, options.size, options.allowance, options.progress)),
      chunks_(std::make_unique<ChunkReader>(std::move(name), options.size, options.unfolding)) {}

Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<void> Reader::push(std::span<const std::byte> bytes) {
    auto pushed = chunks_->push(bytes, [this](const Chunk& chunk) { return loader_->take(chunk); });
    if (pushed && loader_->stopped()) return loader_->stopped_error();
    return pushed;
}

bool Reader::wants_more() const {
    return chunks_->wants_more();
}

Result<Loaded> Reader::finish() {
    LOOPSCOPE_CHECK(chunks_->finish([this](const Chunk& chunk) { return loader_->take(chunk); }));
    if (loader_->stopped()) return loader_->stopped_error();
    return loader_->finish();
}

Result<Loaded> load(std::span<const std::byte> bytes, std::string_view name, Allowance allowance) {
    Reader reader(std::string(name), {bytes.size(), {}, ChunkReader::Unfolding::here, allowance});
    LOOPSCOPE_CHECK(reader.push(bytes));
    return reader.finish();
}

Result<Loaded> load(const std::filesystem::path& path, const trace::LogProgress& progress) {
    LOOPSCOPE_TRY(input, Input::open(path));
    Reader reader(path.string(), {input->size(), progress});
    while (reader.wants_more()) {
        LOOPSCOPE_TRY(bytes, input->read());
        if (bytes.empty()) break;
        LOOPSCOPE_CHECK(reader.push(bytes));
    }
    return reader.finish();
}

}  // namespace loopscope::format
