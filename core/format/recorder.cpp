#include "core/format/recorder.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace loopscope::format {
namespace {

tl::unexpected<Error> cannot_write(const std::filesystem::path& path, int error) {
    return fail(fmt::format("cannot write '{}': {}", path.string(), std::strerror(error)));
}

}  // namespace

/// A file that is appended to.
class Recorder::File {
  public:
    File(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { ::close(descriptor_); }

    Result<void> write(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const auto written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written >= 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(written));
            } else if (errno != EINTR) {
                return cannot_write(path_, errno);
            }
        }
        return {};
    }

    Result<void> sync() {
        // What cannot be synced, such as a pipe, says EINVAL, and has nothing to sync.
        if (::fsync(descriptor_) != 0 && errno != EINVAL) return cannot_write(path_, errno);
        return {};
    }

  private:
    std::filesystem::path path_;
    int descriptor_;
};

Recorder::Recorder(std::unique_ptr<File> file)
    : file_(std::move(file)),
      writer_([to = file_.get()](std::span<const std::byte> bytes) { return to->write(bytes); }) {}
Recorder::Recorder(Recorder&& other) noexcept = default;
Recorder& Recorder::operator=(Recorder&& other) noexcept = default;
Recorder::~Recorder() = default;

Result<Recorder> Recorder::create(const std::filesystem::path& path, const Info& info) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) return cannot_write(path, errno);
    Recorder recorder(std::make_unique<File>(path, descriptor));
    if (auto begun = recorder.writer_.begin(info); !begun) return tl::unexpected(begun.error());
    return recorder;
}

Result<void> Recorder::record(const trace::Log& log) {
    return writer_.events(log, log.size(), false);
}

Result<void> Recorder::flush(const trace::Log& log) {
    return writer_.events(log, log.size(), true);
}

Result<void> Recorder::finish(const trace::Log& log, const Info& info) {
    if (auto written = flush(log); !written) return written;
    if (auto written = writer_.notes(info); !written) return written;
    if (auto written = writer_.end(); !written) return written;
    return file_->sync();
}

}  // namespace loopscope::format
