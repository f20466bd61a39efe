// SPDX-License-Identifier: MIT
#include "app/settings/keeper.hpp"

#include <stop_token>
#include <utility>

namespace loopscope::settings {

Settings Keeper::begin(std::string& notice) {
    if (!store_) return {};
    Store::Loaded loaded = store_->load();
    notice = std::move(loaded.notice);
    before_ = loaded.settings;
    return before_;
}

bool Keeper::keep(const Settings& now) {
    if (!store_) return true;
    if (worker_.started() && !is_over(worker_.poll({}))) return false;
    if (now == before_) return false;
    its_before_ = std::exchange(before_, now);
    before_.opened.clear();
    now_ = now;
    const auto write = [this] { outcome_ = store_->save(its_before_, now_); };
    worker_.start([write](const std::stop_token&) { write(); });
    if (!worker_.started()) write();
    return true;
}

std::string Keeper::take_failure() {
    if (told_ || !worker_.over() || outcome_) return {};
    told_ = true;
    return outcome_.error().message;
}

void Keeper::finish(const Settings& now) {
    if (!store_) return;
    if (worker_.started()) worker_.finish();
    keep(now);
    if (worker_.started()) worker_.finish();
}

}  // namespace loopscope::settings
