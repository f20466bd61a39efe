// SPDX-License-Identifier: MIT
#include "core/exchange/json_kind.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/exchange/record_scanner.hpp"

namespace loopscope::exchange {
namespace {

using namespace std::string_view_literals;

/// A key of JSON that says what all of it is: where the key is, with the keys of the objects that it is in.
struct TellingKey {
    std::string_view path;
    JsonKind kind;
    std::string_view value = {};  ///< what is in its value, if that is a string; empty: anything
};

/// Keys that no other format has in such a place. Two may say different things of one file; the first that
/// the file has decides.
constexpr std::array telling_keys = {
    TellingKey{"traceEvents", JsonKind::trace},
    TellingKey{"$schema", JsonKind::speedscope, "speedscope"},
    // The exporters of speedscope's files write the keys in any order (file-format-spec.ts of speedscope).
    TellingKey{"profiles.type", JsonKind::speedscope, "evented"},
    TellingKey{"profiles.type", JsonKind::speedscope, "sampled"},
    TellingKey{"shared.frames", JsonKind::speedscope},
    TellingKey{"nodes.callFrame", JsonKind::v8_profile},
    TellingKey{"timeDeltas", JsonKind::v8_profile},
    TellingKey{"head.callFrame", JsonKind::v8_heap_profile},
    TellingKey{"snapshot.meta", JsonKind::v8_heap_snapshot},
    TellingKey{"meta.interval", JsonKind::firefox_profile},
    TellingKey{"meta.processType", JsonKind::firefox_profile},
    TellingKey{"meta.preprocessedProfileVersion", JsonKind::firefox_profile},
    TellingKey{"constants.logEventTypes", JsonKind::network_log},
    TellingKey{"header.reportVersion", JsonKind::node_report},
    TellingKey{"log.version", JsonKind::har},
    TellingKey{"log.creator", JsonKind::har},
    TellingKey{"log.entries", JsonKind::har},
    TellingKey{"log.pages", JsonKind::har},
    TellingKey{"resourceSpans", JsonKind::spans},
    TellingKey{"data.traceID", JsonKind::spans},
};

/// Reads the first bytes of JSON token by token. Brackets of arrays leave no trace: what is in an array
/// stands as if it were in the object around it.
class Outline {
  public:
    Outline(std::string_view text, bool all) : rest_(text), all_(all) {}

    JsonKind kind() {
        while (!ended_) {
            const auto found = next();
            if (found) return *found;
        }
        return all_ || closed_ ? JsonKind::trace : JsonKind::undecided;
    }

  private:
    /// Takes a token. Returns what the JSON is, if that says it.
    std::optional<JsonKind> next() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n:,"), rest_.size()));
        if (rest_.empty()) {
            ended_ = true;
            return {};
        }
        const char first = rest_.front();
        if (first == '"') return text();
        rest_.remove_prefix(1);
        if (first == '{') open();
        if (first == '}') close();
        if (!is_bracket(first))
            rest_.remove_prefix(std::min(rest_.find_first_of(",}] \t\r\n"), rest_.size()));
        return {};
    }

    static bool is_bracket(char character) { return "{}[]"sv.find(character) != std::string_view::npos; }

    void open() {
        // Deeper objects than those that tell have no keys here.
        ++depth_;
        if (depth_ <= max_depth) path_.resize(depth_, {});
    }
    void close() {
        if (depth_ > 0) --depth_;
        if (depth_ < path_.size()) path_.resize(depth_);
        closed_ = closed_ || depth_ == 0;
        ended_ = ended_ || closed_;
    }

    /// Takes a string, which is a key if a colon follows.
    std::optional<JsonKind> text() {
        std::size_t end = 1;
        while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2U : 1U;
        const std::size_t after = rest_.find_first_not_of(" \t\r\n", std::min(end + 1, rest_.size()));
        if (after == std::string_view::npos) {
            ended_ = true;
            return {};
        }
        const std::string_view said = rest_.substr(1, end - 1);
        const bool is_key = rest_[after] == ':';
        rest_.remove_prefix(is_key ? after + 1 : after);
        if (depth_ == 0 || depth_ > max_depth) return {};
        if (!is_key) return told(said, true);
        path_.back() = said;
        return told(said, false);
    }

    /// Returns what the JSON is by the path of the last key; `said`: by its value, which is this.
    [[nodiscard]] std::optional<JsonKind> told(std::string_view said, bool is_value) const {
        std::string path;
        for (const std::string_view key : path_) path.append(path.empty() ? "" : ".").append(key);
        for (const TellingKey& each : telling_keys) {
            if (each.path != path || each.value.empty() == is_value) continue;
            if (!is_value || said.find(each.value) != std::string_view::npos) return each.kind;
        }
        return {};
    }

    static constexpr std::size_t max_depth = 2;

    std::string_view rest_;
    bool all_;
    bool ended_ = false;
    bool closed_ = false;  // the object has ended
    std::size_t depth_ = 0;
    std::vector<std::string_view> path_;  // the last key of each object that is open
};

std::string_view after_space(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

/// Returns whether a line may follow that tokio's console-subscriber has recorded (its record.rs): the first
/// one says the version of the format, {"v":1}, and each of the others is one of these.
JsonKind after_version(std::string_view text, bool all) {
    constexpr std::array lines = {"{\"Spawn\":"sv, "{\"Enter\":"sv, "{\"Exit\":"sv, "{\"Close\":"sv,
                                  "{\"Waker\":"sv};
    const std::string_view line = after_space(text);
    for (const std::string_view each : lines) {
        if (line.starts_with(each)) return JsonKind::tokio_console;
        if (!all && each.starts_with(line)) return JsonKind::undecided;
    }
    return JsonKind::trace;
}

}  // namespace

JsonKind json_kind(std::span<const std::byte> first, bool all) {
    std::string_view text{reinterpret_cast<const char*>(first.data()), first.size()};
    const std::string_view mark = RecordScanner::encoding_mark;
    if (!all && mark.starts_with(text)) return JsonKind::undecided;
    text = after_space(text.starts_with(mark) ? text.substr(mark.size()) : text);
    if (text.empty()) return all ? JsonKind::none : JsonKind::undecided;
    if (text.front() == '[') return JsonKind::trace;
    if (text.front() != '{') return JsonKind::none;
    constexpr std::string_view version = "{\"v\":1}";
    if (text.starts_with(version)) return after_version(text.substr(version.size()), all);
    if (!all && version.starts_with(text)) return JsonKind::undecided;
    return Outline(text, all).kind();
}

}  // namespace loopscope::exchange
