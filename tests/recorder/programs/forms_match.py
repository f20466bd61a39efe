"""Binds a global in the ways that came with Python 3.10."""

x = "module"
point = {"kind": "point", "at": [1, 2, 3], "more": True}


def show(where):
    print(where, repr(x))


def patterns(value):
    global x
    match value:
        case {"kind": "point", "at": [1, *x], **rest}:
            show("star")
            print(rest)
        case [x, _] | [x, _, _]:
            show("capture")
        case {"other": _, **x}:
            show("rest")
        case str() as x if x.startswith("a"):
            show("as, with a guard")
        case x:
            show("anything")


for each in (point, [1, 2], [3, 4, 5], {"other": 1, "left": 2}, "abc", "xyz"):
    patterns(each)
with (open("/dev/null") as x, open("/dev/null") as y):
    print(x.name, y.name)
match point:
    case {"kind": x}:
        show("at module level")
