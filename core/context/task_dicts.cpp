#include "core/context/task_dicts.hpp"

namespace loopscope::context {

void TaskDicts::take() {
    Ref<Scope> fresh(scope_ ? new Scope(*scope_) : new Scope);
    if (!fresh->dict) fresh->dict = Ref(new Dict);
    if (!own_) fresh->layer = Ref(new Layer(fresh->layer));
    scope_ = std::move(fresh);
    own_ = true;
}

}  // namespace loopscope::context
