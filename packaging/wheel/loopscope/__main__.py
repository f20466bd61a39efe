# SPDX-License-Identifier: MIT
from loopscope import main

main()
