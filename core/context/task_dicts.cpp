#include "core/context/task_dicts.hpp"

namespace loopscope::context {

void TaskDicts::take() {
    if (own_ && scope_->unique()) return;
    Ref<Scope> fresh(scope_ ? new Scope(*scope_) : new Scope);
    if (!fresh->dict) fresh->dict = Ref(new Dict);
    if (!own_) fresh->layer = Ref(new Layer(fresh->layer));
    scope_ = std::move(fresh);
    own_ = true;
}

void TaskDicts::set(VariableId variable, Cell cell) {
    take();
    scope_->arguments.set(variable, cell);
    scope_->copy.set(variable, cell);
    scope_->dict->items.set(variable, cell);
    scope_->layer->items.set(variable, cell);
}

}  // namespace loopscope::context
