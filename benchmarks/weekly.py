"""A year of weekly reports on real blogs: whether a report contradicts itself.

``python benchmarks/weekly.py BLOG ...`` replays the last 52 weeks of blogs in
``../shared/data/blogs``, each week a report on the posts until then, and prints for each blog the
weeks, how many findings were new, fixed and lapsed, and how often a rule was new and fixed at once
for one post or for the blog. With ``--show N``, it also prints N weeks, evenly spread.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bloglint.config import Config, Settings
from bloglint.history.periodic import report_on
from bloglint.model import Verdict, say
from bloglint.running.options import RunOptions
from bloglint.sources import read_blog

BLOGS = Path(__file__).parents[2] / "shared" / "data" / "blogs"
WEEKS = 52


def weeks(name: str, folder: Path) -> list[Verdict]:
    """The verdicts of the last weeks on a blog, each with its development since the one before."""
    source = str(BLOGS / name)
    days = [post.published for post in read_blog(source).posts if post.published]
    last = max(days).date() + timedelta(days=10)
    found = []
    for n in range(WEEKS, -1, -1):
        options = RunOptions(as_of=(last - timedelta(weeks=n)).isoformat(), cache=folder / "cache")
        report = report_on([source], Settings(Config()), options, history=folder / f"{name}.sqlite")
        found += report.report.blogs
    return found


def main() -> int:
    """Print the table and, if asked for, some weeks."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("blogs", nargs="+")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    options = parser.parse_args()
    print("| blog | weeks | new | fixed | lapsed | new and fixed at once |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in options.blogs:
        with tempfile.TemporaryDirectory() as folder:
            verdicts = weeks(name, Path(folder))
        counts = [0, 0, 0, 0]
        for verdict in verdicts[1:]:
            one = verdict.development
            assert one is not None
            new = {(f.rule, f.post) for f in verdict.findings if f.change == "new"}
            fixed = {(f.rule, f.post) for f in one.fixed}
            sizes = (len(new), len(one.fixed), len(one.lapsed), len(new & fixed))
            counts = [sum(pair) for pair in zip(counts, sizes, strict=True)]
        print(f"| {name} | {len(verdicts) - 1} | {' | '.join(map(str, counts))} |")
        step = max(1, len(verdicts) // max(1, options.show))
        for verdict in verdicts[step::step][: options.show]:
            one = verdict.development
            assert one is not None and verdict.as_of is not None
            print(f"\n{verdict.as_of:%Y-%m-%d} {' '.join(say(text, 'en') for text in one.said)}")
            for sign, own in (("+", [f for f in verdict.findings if f.change == "new"]),
                              ("✓", one.fixed), ("-", one.lapsed)):  # fmt: skip
                for f in own[:5]:
                    print(f"  {sign} {f.rule} {f.post or ''}: {say(f.message, 'en')[:90]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
