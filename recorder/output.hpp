// SPDX-License-Identifier: MIT
// What a recorded program writes to std::cout and std::cerr, by the task that does. What goes to stdout by other ways, such as printf, is not told.
#pragma once

#include <iostream>
#include <streambuf>

#include "process.hpp"

namespace loopscope::recorder {

/// Notes a text that a read has returned to what runs on this thread.
inline void note_read(std::uint32_t text) { here.texts_read[here.next_read++ % Here::reads] = text; }

/// A stream's buffer that hands on what is written, and tells it. A piece that is what a read has returned is told as that read's value.
class ToldOutput : public std::streambuf {
  public:
    ToldOutput(std::streambuf* target, std::uint32_t descriptor) : target_(target), descriptor_(descriptor) {}

  protected:
    int_type overflow(int_type said) override {
        if (traits_type::eq_int_type(said, traits_type::eof())) return traits_type::not_eof(said);
        const char text = traits_type::to_char_type(said);
        tell({&text, 1});
        return target_->sputc(text);
    }
    std::streamsize xsputn(const char* text, std::streamsize size) override {
        tell({text, static_cast<std::size_t>(size)});
        return target_->sputn(text, size);
    }
    int sync() override { return target_->pubsync(); }

  private:
    void tell(std::string_view text) const {
        if (text.empty() || !Process::the().records()) return;
        Process::Writing writing(Process::the());
        const std::uint32_t number = writing.text(text);
        bool is_value = false;
        for (const std::uint32_t read : here.texts_read) is_value = is_value || (read != 0 && read == number);
        writing.record(SPOOL_OUTPUT, descriptor_ | (is_value ? SPOOL_OUTPUT_VALUE : 0), number);
    }

    std::streambuf* target_;
    std::uint32_t descriptor_;
};

/// Has the standard streams tell what is written, before `main`. The buffers are never destroyed, for streams are written to until the end.
inline const bool output_is_told = [] {
    if (!Process::the().records()) return false;
    static const std::ios_base::Init streams;  // which may not have been made yet
    std::cout.rdbuf(new ToldOutput(std::cout.rdbuf(), 1));
    std::cerr.rdbuf(new ToldOutput(std::cerr.rdbuf(), 2));
    return true;
}();

}  // namespace loopscope::recorder
