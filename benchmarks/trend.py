"""How often a falling trend is told that is none, and how often its interval holds the truth.

Run it from the checkout: ``python benchmarks/trend.py [runs]``. Seeded; writes nothing.
"""

import math
import sys
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from bloglint.checks.rhythm import QUARTER, _variation, fit, quarters

TODAY = date(2026, 6, 30)
DAYS = 8 * QUARTER
#: How a blog's gaps scatter: the shape of a gamma distribution, 1 by chance, large regular.
SHAPES = {"by chance": 1.0, "loosely weekly": 4.0, "regular": 25.0}


def history(random: Random, shape: float, pace: Callable[[float], float]) -> list[date]:
    """Posting days of two years; ``pace`` gives the posts a quarter at a quarter from 0."""
    day, days = -random.random() * QUARTER / pace(0), []
    while day < DAYS:
        if day >= 0:
            days.append(TODAY - timedelta(days=DAYS - 1 - int(day)))
        gap = QUARTER / pace(max(0.0, day / QUARTER))
        day += random.gammavariate(shape, gap / shape)
    return sorted(set(days))


def summer(quarter: float) -> float:
    """A blog that posts half as often every summer."""
    return 13 * (0.5 if int(quarter) % 4 == 0 else 1.0)


def main(runs: int) -> None:
    """Print the rates as a table."""
    print(f"{runs} histories each; told: share in which a falling trend was found")
    for name, shape in SHAPES.items():
        for posts in (6, 13, 26, 52):
            told = 0
            for run in range(runs):
                days = history(Random(run), shape, lambda q, n=posts: n)
                fall = fit(quarters(days, TODAY), _variation(days) ** 2)
                told += fall is not None and fall.slope_at_most < 0
            print(f"steady, {posts:>2} posts a quarter, {name:<15} told {told / runs:.3f}")
        told = 0
        for run in range(runs):
            days = history(Random(run), shape, summer)
            fall = fit(quarters(days, TODAY), _variation(days) ** 2)
            told += fall is not None and fall.slope_at_most < 0
        print(f"slow every summer,           {name:<15} told {told / runs:.3f}")
        for start, change in ((26, 0.9), (20, 0.8), (13, 0.9)):
            told = held = 0
            for run in range(runs):
                days = history(Random(run), shape, lambda q, s=start, c=change: s * c**q)
                fall = fit(quarters(days, TODAY), _variation(days) ** 2)
                if fall is None or fall.slope_at_most >= 0:
                    continue
                told += 1
                _, early, late = fall.reaches(QUARTER / 14)
                truth = math.log(QUARTER / 14 / start) / math.log(change) - 0.5
                held += early <= truth <= late
            print(
                f"falls from {start} by {1 - change:.0%} a quarter, {name:<15} told "
                f"{told / runs:.3f}, its 90 % interval held the day {held / max(1, told):.3f}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
