// SPDX-License-Identifier: MIT
#include "core/context/task_dicts.hpp"

namespace loopscope::context {

Ref<Layer> Layer::flattened(std::uint32_t variables) const {
    Ref<Layer> flat(new Layer({}));
    for (std::uint32_t number = 1; number <= variables; ++number) {
        const VariableId variable{number};
        if (const Cell& cell = get(variable)) flat->items.set(variable, cell);
    }
    return flat;
}

TaskDicts TaskDicts::child(DictFactory factory, std::uint32_t variables) {
    TaskDicts made = child();
    made.take();
    Ref<Layer>& dict = made.own()->dict;
    if (factory == DictFactory::copying) dict = dict->flattened(variables);
    if (factory == DictFactory::layering) dict = Ref(new Layer(dict));
    return made;
}

void TaskDicts::take() {
    Ref<Scope> fresh(scope() ? new Scope(*scope()) : new Scope);
    if (!fresh->dict) fresh->dict = Ref(new Layer({}));
    if (!own()) fresh->layer = Ref(new Layer(fresh->layer));
    scope_ = Either::of_first(fresh.get());
}

}  // namespace loopscope::context
