"""How long an edit takes until its findings are there, in an editor whose blog is kept ready.

Run it from the checkout: ``python benchmarks/editing.py [FOLDER …]``. The newest post of 4,000
bytes or more of each blog is judged once, then again with another paragraph each time; without the
pause in typing that the server waits for, and without the protocol.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from bloglint.editor.desk import Desk
from bloglint.sources import read_blog

BLOGS = Path(__file__).parents[2] / "shared" / "data" / "blogs"
EDITS, BYTES = 15, 4_000


def main() -> None:
    """Print a row for each blog."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    named = [BLOGS / name for name in ("snowplow", "serverless", "fossgis")]
    parser.add_argument("folders", nargs="*", type=Path, default=named)
    print("| blog | posts | made ready, s | an edit, median ms | longest |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for folder in parser.parse_args().folders:
        posts = read_blog(str(folder)).posts
        places = (Path(post.path) for post in posts if post.path)
        file = next(place for place in places if place.stat().st_size >= BYTES)
        text, blog = file.read_text("utf-8"), Desk(None).blog_of(file)
        begun = time.perf_counter()
        blog.judge(file, text)
        ready, taken = time.perf_counter() - begun, []
        for number in range(EDITS):
            begun = time.perf_counter()
            blog.judge(file, f"{text}\n\nParagraph {number} is new.\n")
            taken.append(1000 * (time.perf_counter() - begun))
        middle = statistics.median(taken)
        print(f"| {folder.name} | {len(posts)} | {ready:.1f} | {middle:.0f} | {max(taken):.0f} |")


if __name__ == "__main__":
    main()
