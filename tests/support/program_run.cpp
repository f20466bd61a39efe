#include "tests/support/program_run.hpp"

#include "core/scenario/programs/catalogue.hpp"

namespace loopscope::scenario {

ProgramRun::ProgramRun(std::string_view program, trace::Storage storage,
                       const std::vector<Setting>& settings) {
    const Program& found = *find_program(program).value();
    const Arguments arguments = Arguments::create(all_parameters(found), settings).value();
    run_ = std::make_unique<Run>(found, arguments, storage, *log_);
    first_event_ = log_->end_index() - 1;
}

void ProgramRun::advance_to_prints(std::size_t count) {
    while (prints_ < count && run_->advance()) {
        for (; seen_ < log_->end_index(); ++seen_) {
            const trace::Kind kind = (*log_)[seen_].kind();
            if (kind == trace::Kind::print || kind == trace::Kind::print_value) ++prints_;
        }
    }
}

void ProgramRun::finish() {
    while (run_->advance()) continue;
}

ProgramRun run_program(std::string_view program, trace::Storage storage,
                       const std::vector<Setting>& settings) {
    ProgramRun run(program, storage, settings);
    run.finish();
    return run;
}

}  // namespace loopscope::scenario
