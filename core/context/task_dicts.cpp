// SPDX-License-Identifier: MIT
#include "core/context/task_dicts.hpp"

namespace loopscope::context {

void TaskDicts::take() {
    Ref<Scope> fresh(scope() ? new Scope(*scope()) : new Scope);
    if (!fresh->dict) fresh->dict = Ref(new Dict);
    if (!own()) fresh->layer = Ref(new Layer(fresh->layer));
    scope_ = Either::of_first(fresh.get());
}

}  // namespace loopscope::context
