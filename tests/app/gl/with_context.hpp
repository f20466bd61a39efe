#pragma once

#include <gtest/gtest.h>

#include "app/platform/offscreen_context.hpp"

namespace loopscope {

/// A test that runs in an OpenGL context of its own.
class WithContext : public testing::Test {
  protected:
    void SetUp() override { ASSERT_TRUE(context_) << context_.error().message; }

  private:
    Result<platform::OffscreenContext> context_ = platform::OffscreenContext::create();
};

}  // namespace loopscope
