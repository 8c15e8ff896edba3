"""How often an announced pause is found, on texts by somebody who had not seen the phrase lists.

Run it from the checkout: ``python benchmarks/pauses.py``. Reads tests/heldback/pauses.jsonl, whose
texts are not to be read while the lists in rules/frequency/gap.yml are written.
"""

import json
from collections import Counter
from datetime import UTC, date, datetime, time
from pathlib import Path

from bloglint.checks import Context
from bloglint.checks.pauses import announced_in
from bloglint.lint import effective_options
from bloglint.model import Blog, Post
from bloglint.rules import load_rules

TEXTS = Path(__file__).parent.parent / "tests" / "heldback" / "pauses.jsonl"
RULES = load_rules()


def verdict(text: dict[str, str]) -> str:
    """Found with an end that a fair reader accepts, found with another end, missed, or decoyed."""
    day = date.fromisoformat(text["day"])
    post = Post(
        id="p",
        title=text["title"],
        source=text["text"],
        language=text["language"],
        published=datetime.combine(day, time(9), UTC),
    )
    options = effective_options(RULES, "standard", {})
    context = Context(Blog("x", posts=(post,)), post.published or datetime.now(UTC), RULES, options)
    found = list(announced_in(context, "frequency-gap", post, day))
    if not text["pause"]:
        return "decoy taken for a pause" if found else "decoy left alone"
    if not found:
        return "missed"
    fair = text["until_at_least"] <= found[0][1].isoformat() <= text["until_at_most"]
    return "found" if fair else "found with a wrong end"


counts: Counter[tuple[str, str]] = Counter()
for line in TEXTS.read_text(encoding="utf-8").splitlines():
    one = json.loads(line)
    counts[one["language"], verdict(one)] += 1
for (language, result), count in sorted(counts.items()):
    print(f"{language} {result:<25} {count}")
