"""Whether every regular expression that sees foreign text takes time in proportion to it.

Run it from the checkout: ``python benchmarks/regexes.py [--size N] [--all]``. All expressions in
the modules, rules and languages are collected. For each, texts are made from its own parts: what
stands before a repeated part, then that part many times in every way in which it can be written,
and then something that lets it fail. An expression that takes more than three times as long for a
text of ``--size`` characters as for one of half of it, and more than 50 ms, is
printed, and ends the run with 1. All matches in the text are sought, whatever the expression is
used for; those that only see a text's beginning or short fields may be slower than they ever are.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import msgspec

import bloglint
from bloglint.rules import load_rules
from bloglint.text.grammar import grammar_of, judged_languages, pattern_of

#: Marks that let a part fail behind any repetition.
ENDS = ("", "\0", "!", "\n\n", " x ")
#: Parts that lie in many texts.
MARKS = tuple(" \n\t.-_,;:'\"<>()[]{}*#/\\|=&%@!?0aAß„“—")
LIMIT, RATIO = 0.05, 3.0
#: How many seconds one expression is tried for.
PATIENCE = 20.0


def collected() -> dict[str, re.Pattern[Any]]:
    """Return all expressions by the place where they stand."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(bloglint.__path__, "bloglint."):
        if ".templates" in module.name or module.name.endswith("__main__"):
            continue
        try:
            names = vars(importlib.import_module(module.name))
        except ImportError:
            continue
        for name, value in names.items():
            found.update(_patterns(f"{module.name}.{name}", value))
    for rule in load_rules().values():
        for option, setting in rule.options.items():
            found.update(_strings(f"{rule.id}: {option}", setting.default))
    for language in judged_languages():
        for field in type(grammar_of(language)).__struct_fields__:
            if isinstance(getattr(grammar_of(language), field), str):
                try:
                    found[f"{language}: {field}"] = pattern_of(language, field)
                except re.error:
                    continue
        announcements = msgspec.structs.asdict(grammar_of(language).announcements)
        for name, patterns in announcements.items():
            for number, pattern in enumerate(patterns):
                place = f"{language}: announcements.{name} {number}"
                found[place] = re.compile(pattern, re.IGNORECASE)
    unique = {(one.pattern, one.flags): (place, one) for place, one in reversed(found.items())}
    return dict(sorted(unique.values(), key=lambda pair: pair[0]))


def _patterns(place: str, value: Any) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if type(value).__name__ == "_Lazy":
        yield place, re.compile(value.pattern, value._flags)
    elif isinstance(value, re.Pattern):
        yield place, value
    elif isinstance(value, tuple | list):
        for n, one in enumerate(value):
            yield from _patterns(f"{place}[{n}]", one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _patterns(f"{place}[{key!r}]", one)


def _strings(place: str, value: Any) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the expressions among a rule's options: texts with a group or a class."""
    if isinstance(value, str) and re.search(r"\(\?|\\[bwsd]|\[[^\]]+\]", value):
        yield place, re.compile(value)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _strings(f"{place}.{key}", one)
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from _strings(f"{place}[{n}]", one)


def _sample(tree: Any, which: int) -> str:
    """Return a text that a parsed expression matches, its alternatives chosen by a number."""
    out = []
    for op, value in tree:
        if op is sre.LITERAL:
            out.append(chr(value))
        elif op is sre.NOT_LITERAL:
            out.append("x" if chr(value) != "x" else "y")
        elif op is sre.ANY:
            out.append("x")
        elif op is sre.IN:
            out.append(_of_class(value, which))
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            low, _, inner = value
            out.append(_sample(inner, which) * max(low, which % 2))
        elif op is sre.SUBPATTERN:
            out.append(_sample(value[3], which))
        elif op is sre.ATOMIC_GROUP:
            out.append(_sample(value, which))
        elif op is sre.BRANCH:
            branches = value[1]
            out.append(_sample(branches[which % len(branches)], which // len(branches)))
    return "".join(out)


def _of_class(items: Any, which: int) -> str:
    """Return a character of a class."""
    negated = items[0][0] is sre.NEGATE
    if negated:
        banned = {chr(v) for op, v in items if op is sre.LITERAL}
        return next(c for c in "xa 0.-\n" if c not in banned)
    op, value = items[which % len(items)]
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.RANGE:
        return chr(value[0])
    names = {sre.CATEGORY_SPACE: " ", sre.CATEGORY_DIGIT: "1", sre.CATEGORY_WORD: "a"}
    return names.get(value, "-")


def _repeated(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield every part that may be repeated, with a text that leads to it."""
    for op, value in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _, most, inner = value
            if most is sre.MAXREPEAT or most > 20:
                for which in range(6):
                    yield before, _sample(inner, which)
            yield from _repeated(inner, before)
        elif op is sre.SUBPATTERN:
            yield from _repeated(value[3], before)
        elif op is sre.ATOMIC_GROUP:
            yield from _repeated(value, before)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch, before)
        before += _sample([(op, value)], 0)


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what is put before, repeated and put after in texts against an expression."""
    source = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    tree = parser.parse(
        source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )
    whole = _sample(tree, 1)
    seen = set()
    for before, part in _repeated(tree):
        for head, unit in ((before, part), ("", before + part), ("", part)):
            for end in ENDS[:3]:
                if unit and (head, unit, end) not in seen:
                    seen.add((head, unit, end))
                    yield head, unit, end
    for unit in (whole, whole[:-1], *MARKS):
        if unit:
            yield "", unit, "\0"


def seconds(pattern: re.Pattern[Any], text: str) -> float:
    """Return how long all matches in a text take."""
    data: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    began = time.process_time()
    for _ in pattern.finditer(data):
        pass
    return time.process_time() - began


def main() -> int:
    """Print the slowest expressions, and those that grow faster than their text."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--size", type=int, default=8_000, help="characters (default: 8000)")
    arguments.add_argument("--all", action="store_true", help="list every expression")
    options = arguments.parse_args()
    found, tried, worst = collected(), 0, []
    for place, pattern in found.items():
        slowest = 0.0, 0.0, ""
        until = time.monotonic() + PATIENCE
        for head, unit, end in attacks(pattern):
            if time.monotonic() > until:
                break
            tried += 1
            times = []
            for size in (options.size // 8, options.size // 4, options.size // 2, options.size):
                times.append(seconds(pattern, head + unit * (size // len(unit)) + end))
                if times[-1] > 2:
                    break
            grows = times[-1] / max(times[-2], 1e-4) if len(times) > 1 else 9.0
            if times[-1] > slowest[0]:
                slowest = times[-1], grows, f"{head[:20]!r} {unit[:30]!r} {end!r}"
            if slowest[0] > LIMIT and slowest[1] > RATIO:
                print(f"{slowest[0]:7.3f} s  x{slowest[1]:4.1f}  {place}  {slowest[2]}", flush=True)
                break
        worst.append((*slowest, place))
    worst.sort(reverse=True)
    bad = [one for one in worst if one[0] > LIMIT and one[1] > RATIO]
    print(f"{len(found)} expressions, {tried} kinds of texts of {options.size} characters, "
          f"the slowest {worst[0][0]:.2f} s, {len(bad)} not linear")  # fmt: skip
    for time_, grows, text, place in worst if options.all else worst[:15]:
        mark = " NOT LINEAR" if (time_, grows, text, place) in bad else ""
        print(f"{time_:7.3f} s  x{grows:4.1f}  {place}  {text}{mark}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
