#include "app/cli/report.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

namespace loopscope::cli {

int report(const Error& error, int code) {
    fmt::print(stderr, "loopscope: {}\n", error.message);
    return code;
}

Result<void> write_out(std::string_view text) {
    const bool written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written) return fail(fmt::format("cannot write the output: {}", std::strerror(errno)));
    return {};
}

}  // namespace loopscope::cli
