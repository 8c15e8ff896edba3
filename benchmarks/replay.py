"""A year of weekly reports on one blog, replayed: do the changes add up, does anything flap?

python benchmarks/replay.py FOLDER YEAR [--every DAYS]

Every Monday of the year gets a report in one history. Checked are that scores and counts add up
from report to report; told are findings that were called new or fixed more than once, with how
many posts came in between: without a change of the blog there must be none.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bloglint.config import Config, Settings
from bloglint.history.periodic import report_on
from bloglint.reporters.overview import change_of
from bloglint.running.options import RunOptions


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder")
    parser.add_argument("year", type=int)
    parser.add_argument("--every", type=int, default=7, metavar="DAYS")
    asked = parser.parse_args()
    day = date(asked.year, 1, 1)
    day += timedelta(days=-day.weekday() % 7)
    first = total = None
    changes, counted = 0.0, 0
    ended: dict[tuple[str, str | None], date] = {}
    posts_on: dict[date, int] = {}
    flaps = []
    with TemporaryDirectory() as place:
        while day.year == asked.year:
            reported = report_on(
                [asked.folder],
                Settings(Config()),
                RunOptions(as_of=day, cache=Path(place, "cache")),
                history=Path(place, "history.sqlite"),
            )
            (verdict,) = reported.report.blogs
            now = verdict.development
            assert now is not None and not reported.problems
            kinds: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
            for one in (*verdict.findings, *now.fixed):
                kinds[one.change or ""].append((one.rule, one.post))
            if total is not None:
                still = len(kinds["open"]) - len(now.returned)
                assert still + len(now.fixed) + len(now.lapsed) == total, (
                    "the findings do not add up"
                )
            total = len(verdict.findings)
            changes += change_of(verdict) or 0.0
            first = verdict.score if first is None else first
            posts_on[day] = len(now.posts)
            for key in set(kinds["new"]) & ended.keys():
                between = sum(n for then, n in posts_on.items() if ended[key] <= then <= day)
                flaps.append((day, key, ended.pop(key), between))
            ended |= dict.fromkeys(set(kinds["fixed"]), day)
            counted += 1
            said = " ".join(map(str, now.said))
            print(f"{day} {verdict.score} {verdict.grade} +{len(now.posts)} posts, "
                  f"{len(kinds['new'])} new, {len(kinds['open'])} open, {len(now.fixed)} fixed, "
                  f"{len(now.lapsed)} lapsed | {said}")  # fmt: skip
            day += timedelta(days=asked.every)
    assert first is not None and verdict.score is not None
    print(f"{counted} reports; changes add up to {changes:.1f}, the score moved by "
          f"{verdict.score - first:.1f}")  # fmt: skip
    for then, (rule, post), since, between in flaps:
        where = f"{rule} {post or ''}"
        print(f"new again on {then}, fixed on {since}, {between} posts between: {where}")
    return int(any(not between for *_, between in flaps))


if __name__ == "__main__":
    sys.exit(main())
