"""Chat leftovers and worn patterns, on posts that people wrote and on texts of chat assistants.

python benchmarks/slop.py --data ../shared/data [--slopscore PROGRAM] [--sloplint PROGRAM]

People's posts are those of the real blogs up to 2021, of 150 words or more (of any length for
leftovers). The assistants' texts lie in `benchmarks/data/chat`: written by several prompts and
styles by writers who had seen no list of ours, who also noted which leftovers they put in. Set a,
and the first half of English b, were read while the rules were made; the rest was held back. Other
tools are measured at the score that flags one in a hundred of 300 random posts of people.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from bloglint.checks.context import Context
from bloglint.checks.registry import find_check
from bloglint.checks.results import Hit
from bloglint.model import Blog
from bloglint.rules import load_rules
from bloglint.sources import read_blog
from bloglint.text.document import Document

CHAT = Path(__file__).parent / "data" / "chat"
RULES = load_rules()


class Text(NamedTuple):
    """A text with its origin: a blog, or a set; and the leftovers that its writer noted."""

    origin: str
    path: Path
    document: Document
    leftover: str = ""


def people(data: Path) -> Iterator[Text]:
    """Yield the posts of the real blogs up to 2021."""
    for folder in sorted(path for path in (data / "blogs").iterdir() if path.is_dir()):
        blog = read_blog(str(folder))
        for post in blog.posts:
            if post.published and post.published.year <= 2021 and post.path:
                yield Text(folder.name, Path(post.path), Document(post, blog.language))


def chats(language: str) -> Iterator[Text]:
    """Yield the assistants' texts of one language; held-back ones have an origin with ``held``."""
    for folder in sorted((CHAT / language).iterdir()):
        with (folder / "index.csv").open(encoding="utf-8") as file:
            noted = {row["file"]: row["leftover"] for row in csv.DictReader(file, delimiter=";")}
        for post in read_blog(str(folder)).posts:
            path = Path(str(post.path))
            seen = folder.name == "a" or (
                (language, folder.name) == ("en", "b") and (int(path.stem) <= 26)
            )
            kind = "seen" if seen else "held"
            yield Text(kind, path, Document(post, language), noted.get(path.name) or "")


def is_flagged(text: Text, rule: str) -> bool:
    """Whether a rule finds something in a text."""
    context = Context(Blog("x"), datetime.now(UTC), RULES, {}, for_rule=RULES[rule])
    check = find_check(RULES[rule].check)
    results = check.function(
        text.document, check.options_from(RULES[rule].options_at("standard")), context
    )
    return any(isinstance(result, Hit) for result in results)


def share(flags: Sequence[bool]) -> str:
    """Return how many are true, as a share with its numbers."""
    return f"{100 * sum(flags) / max(1, len(flags)):.1f}% ({sum(flags)} of {len(flags)})"


def slopscore(program: str, paths: Sequence[Path]) -> list[float]:
    """Return the score of slopscore-lint for each file."""
    found = []
    for path in paths:
        done = subprocess.run([program, "scan", "--format", "json", str(path)],
                              capture_output=True, text=True, check=False)  # fmt: skip
        whole = json.loads(done.stdout or "{}")
        found.append(float(whole.get("score", {}).get("slop_score") or 0.0))
    return found


def sloplint(program: str, paths: Sequence[Path]) -> list[float]:
    """Return the findings of sloplint in 1,000 words for each file."""
    done = subprocess.run([program, *map(str, paths)], capture_output=True, text=True, check=False)
    counts = {str(path): 0 for path in paths}
    for line in (done.stdout + done.stderr).splitlines():
        name = line.split(":", 1)[0]
        if name in counts:
            counts[name] += 1
    return [1000 * counts[str(p)] / max(150, len(p.read_text("utf-8", "replace").split()))
            for p in paths]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--slopscore")
    parser.add_argument("--sloplint")
    given = parser.parse_args()
    human = list(people(given.data))
    tools: list[tuple[str, Callable[[str, Sequence[Path]], list[float]], str]] = []
    if given.slopscore:
        tools.append(("slopscore-lint", slopscore, given.slopscore))
    if given.sloplint:
        tools.append(("sloplint", sloplint, given.sloplint))
    print("| language | leftovers: people's posts flagged | found, seen | found, held back "
          "| false alarms in texts without |\n| --- | --- | --- | --- | --- |")  # fmt: skip
    for language in ("de", "en"):
        own = [one for one in human if one.document.language == language]
        texts = list(chats(language))
        flags = {id(t): is_flagged(t, "slop-leftovers") for t in (*own, *texts)}
        print(f"| {language} | {share([flags[id(t)] for t in own])} | "
              + " | ".join(share([flags[id(t)] for t in texts if t.leftover and t.origin == kind])
                           for kind in ("seen", "held"))
              + f" | {share([flags[id(t)] for t in texts if not t.leftover])} |")  # fmt: skip
    print("\n| language | tool | people's posts flagged | flagged, seen | flagged, held back |\n"
          "| --- | --- | --- | --- | --- |")  # fmt: skip
    for language in ("de", "en"):
        texts = list(chats(language))
        own = [t for t in human if t.document.language == language and t.document.words >= 150]
        flags = {id(t): is_flagged(t, "slop-habits") for t in (*own, *texts)}
        print(f"| {language} | bloglint | {share([flags[id(t)] for t in own])} | "
              + " | ".join(share([flags[id(t)] for t in texts if t.origin == kind])
                           for kind in ("seen", "held")) + " |")  # fmt: skip
        sample = Random(1).sample(own, min(300, len(own)))
        for name, run, program in tools:
            people_s = sorted(run(program, [t.path for t in sample]))
            least = people_s[int(0.99 * (len(people_s) - 1))]
            ours = dict(zip(map(id, texts), run(program, [t.path for t in texts]), strict=True))
            print(f"| {language} | {name}, from {least:.1f} | "
                  f"{share([score > least for score in people_s])} | "
                  + " | ".join(share([ours[id(t)] > least for t in texts if t.origin == kind])
                               for kind in ("seen", "held")) + " |")  # fmt: skip


if __name__ == "__main__":
    main()
