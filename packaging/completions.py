#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes completions for a shell from what the program says of itself:  completions.py LOOPSCOPE (bash|zsh|fish)

Commands, options, the names of programs, storages and themes; where a file is wanted, files.
"""

import argparse
import re
import subprocess
import sys

import help_model

THEMES = ("dark", "light", "projector")
LINES = ("none", "user", "all")


def storages_of(program):
    """Returns the names of the storages: a wrong one is refused with all that there are."""
    said = subprocess.run([program, "run", "indication", "--storage", "?"], capture_output=True, text=True, check=False).stderr
    return re.findall(r"[a-z]+(?:-[a-z]+)*", said.partition("choose one of")[2])


def programs_of(program):
    """Returns the names of the programs of the catalogue."""
    return [line.split()[0] for line in help_model.output_of(program, "programs").splitlines() if line[:1].islower()]


class Words:
    """What may stand where, by the option or positional argument that is to be completed."""

    def __init__(self, program):
        self.program_names = programs_of(program)
        self.storages = storages_of(program)

    def of(self, option):
        """Returns the words that an option takes, or None for a file, or () for what nobody can guess."""
        name = option.names[-1]
        if name in ("--program", "PROGRAM"):
            return self.program_names
        if name == "--storage":
            return self.storages
        if name == "--theme":
            return THEMES
        if name == "--lines":
            return LINES
        return None if option.wants_file else ()


def bash(main, commands, words):
    """Returns the completions for bash: one function, for bash 4 and later."""
    lines = ["# bash completion for loopscope", "_loopscope() {", '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=""', "    local each"]
    lines += [f'    for each in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do case $each in {"|".join(main.commands)}) command=$each; break ;; esac; done']
    lines += ['    COMPREPLY=()', '    case $command,$before in']
    for command in [main, *commands]:
        for option in command.options:
            if not option.value:
                continue
            taken = words.of(option)
            if taken == ():
                continue
            reply = 'compgen -f -- "$word"' if taken is None else f"compgen -W '{' '.join(taken)}' -- \"$word\""
            lines += [f"        {'|'.join(f'{command.name},{name}' for name in option.names)}) mapfile -t COMPREPLY < <({reply}); return ;;"]
    lines += ["    esac", "    case $command in"]
    for command in [main, *commands]:
        options = " ".join(name for option in command.options for name in option.names)
        others = [*command.commands]
        files = command is main
        for positional in command.positionals:
            taken = words.of(positional)
            files = files or taken is None
            others += taken or []
        files = files or command.name in ("record", "live", "explore")
        pattern = command.name or "''"
        more = '; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")' if files else ""
        lines += [f"        {pattern})", f"            if [[ $word == -* ]]; then mapfile -t COMPREPLY < <(compgen -W '{options}' -- \"$word\")"]
        lines += [f"            else mapfile -t COMPREPLY < <(compgen -W '{' '.join(others)}' -- \"$word\"){more}; fi ;;"]
    return "\n".join([*lines, "    esac", "}", "complete -o filenames -F _loopscope loopscope", ""])


def zsh_quoted(text):
    """Returns a text as it stands in a specification of _arguments, between single quotes."""
    for sign in "\\[]:":
        text = text.replace(sign, "\\" + sign)
    return text.replace("'", "'\\''")


def zsh_spec(option, words):
    """Returns what _arguments takes for an option."""
    taken = words.of(option)
    action = "_files" if taken is None else f"({' '.join(taken)})" if taken else " "
    value = f":{option.value.lower()}:{action}" if option.value else ""
    return [f"'*{name}[{zsh_quoted(option.text)}]{value}'" for name in option.names]


def zsh(main, commands, words):
    """Returns the completions for zsh."""
    lines = ["#compdef loopscope", "_loopscope() {", "    local state line", "    _arguments -C \\"]
    lines += [f"        {spec} \\" for option in main.options for spec in zsh_spec(option, words)]
    lines += ["        '1: :->command' '*:: :->rest'", "    case $state in", "        command)", "            local -a commands=("]
    lines += [f"                '{command.name}:{zsh_quoted(command.text)}'" for command in commands]
    lines += ["            )", "            _describe command commands; _files ;;", "        rest)", "            case $line[1] in"]
    for command in commands:
        specs = [spec for option in command.options for spec in zsh_spec(option, words)]
        for positional in command.positionals:
            taken = words.of(positional)
            specs += ["'*: :_files'" if taken is None else f"': :({' '.join(taken)})'"]
        if not command.positionals or command.name == "explore":
            specs += ["'*: :_files'"]
        lines += [f"                {command.name}) _arguments " + " ".join(specs) + " ;;"]
    return "\n".join([*lines, "            esac ;;", "    esac", "}", '_loopscope "$@"', ""])


def fish_quoted(text):
    """Returns a text between single quotes, as fish takes it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish(main, commands, words):
    """Returns the completions for fish."""
    lines = ["# fish completion for loopscope"]
    lines += [f"complete -c loopscope -n __fish_use_subcommand -a {command.name} -d {fish_quoted(command.text)}" for command in commands]
    for command in [main, *commands]:
        when = f"'__fish_seen_subcommand_from {command.name}'" if command.name else "__fish_use_subcommand"
        for option in command.options:
            taken = words.of(option)
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            value = "" if not option.value else " -r" if taken is None else f" -x -a {fish_quoted(' '.join(taken))}" if taken else " -x"
            lines += [f"complete -c loopscope -n {when} {names}{value} -d {fish_quoted(option.text)}"]
        for positional in command.positionals:
            if words.of(positional):
                lines += [f"complete -c loopscope -n {when} -a {fish_quoted(' '.join(words.of(positional)))}"]
    return "\n".join([*lines, ""])


def main():
    """Writes the completions to standard output."""
    shells = {"bash": bash, "zsh": zsh, "fish": fish}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("shell", choices=shells)
    arguments = parser.parse_args()
    sys.stdout.write(shells[arguments.shell](*help_model.read(arguments.program), Words(arguments.program)))


if __name__ == "__main__":
    main()
