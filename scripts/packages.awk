# SPDX-License-Identifier: MIT
# Prints the packages of scripts/packages.txt that some sections have, in one line:
#
#   awk -v wanted=' SECTION… ' -v release=NAME -f scripts/packages.awk scripts/packages.txt
#
# `release` is the name of the distribution's release, as bookworm: a package with releases in brackets behind it is only these releases'.

{ sub(/#.*/, "") }
/^\[/ { gsub(/[][ ]/, ""); inside = index(wanted, " " $0 " "); next }
inside && NF {
    if (match($0, /\[.*\]/) && !index(" " substr($0, RSTART + 1, RLENGTH - 2) " ", " " release " ")) next
    printf "%s%s", between, $1
    between = " "
}
