"""Made-up blogs and newsrooms of any size, always the same for a seed.

Their words come from our own examples, each drawn by the one before it: sentences that nearly make
sense, each post different from the others.

    python benchmarks/corpus.py FOLDER --posts 100 --language de
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

EXAMPLES = Path(__file__).parents[1] / "examples"
NEWEST = date(2026, 6, 29)
AUTHORS = ("Joan Miller", "Jörg Müßig", "Ada Okoye", "Lena Brandt")
#: What one post has, on average; the benchmarks of other checkers were measured on as many.
WORDS = 960
#: So many words follow no other: two posts of a real blog share fewer turns than our examples do.
LEAPS = 0.3
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PLAIN = re.compile(r"[#>*_`|\[\]]|\(https?:[^)]*\)|https?:\S+")

Chain = dict[str, list[str]]


@cache
def _chain(language: str) -> tuple[Chain, list[str], list[str]]:
    """What follows a word in our examples, the words that begin sentences, and all words once."""
    following: Chain = defaultdict(list)
    starts = []
    for path in sorted(EXAMPLES.glob(f"*-{language}/posts/*.md")):
        words = _PLAIN.sub(" ", _FRONT.sub("", path.read_text("utf-8"))).split()
        for word, after in pairwise(words):
            following[word].append(after)
            if word[-1] in ".!?" and after[:1].isupper():
                starts.append(after)
    return dict(following), starts, sorted(following)


def sentence(random: Random, language: str) -> list[str]:
    """The words of one sentence of 4 to 30 words."""
    following, starts, every = _chain(language)
    while True:
        words = [random.choice(starts)]
        while len(words) < 30 and words[-1][-1] not in ".!?":
            after = following.get(words[-1], starts) if random.random() > LEAPS else every
            words.append(random.choice(after))
        if len(words) >= 4:
            return [*words[:-1], words[-1].rstrip(",;:–—-.!?") + "."]


def paragraphs(random: Random, language: str, words: int) -> Iterator[str]:
    """Paragraphs, headings and lists with so many words of prose."""
    left, since = words, 0
    while left > 0:
        part: list[str] = []
        while len(part) < min(60, left):
            part += sentence(random, language)
        left, since = left - len(part), since + len(part)
        if since > 200:
            yield "## " + " ".join(sentence(random, language)[:6]).rstrip(".,")
            since = 0
        yield ("- " if random.random() < 0.1 else "") + " ".join(part)


def post(number: int, language: str, words: int, day: date) -> str:
    """One post in Markdown with front matter."""
    random = Random(f"{language} {number} {words}")
    title = " ".join(sentence(random, language)[:5]).rstrip(".,").replace('"', "")
    body = "\n\n".join(paragraphs(random, language, words))
    head = f'title: "{title}"\ndate: {day}\nauthor: {random.choice(AUTHORS)}\nlang: {language}'
    return f"---\n{head}\n---\n\n{body}\n"


def write_blog(
    folder: Path,
    posts: int,
    language: str = "en",
    *,
    words: int = WORDS,
    first: int = 0,
    days: int = 3,
) -> Path:
    """Write a folder of ``posts``, one every ``days`` days, the newest on `NEWEST`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(posts):
        day = NEWEST - timedelta(days=days * number)
        if day.year < 1995:
            day = date(1995, 1, 1) + timedelta(days=number % 11_000)
        text = post(first + number, language, words, day)
        (folder / f"post-{number:06}.md").write_text(text, "utf-8")
    return folder


def main(arguments: Sequence[str] | None = None) -> None:
    """Write one blog."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--posts", type=int, default=100)
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--language", choices=("en", "de"), default="en")
    parser.add_argument("--first", type=int, default=0, help="number of the first post, to differ")
    chosen = parser.parse_args(arguments)
    write_blog(chosen.folder, chosen.posts, chosen.language, words=chosen.words, first=chosen.first)


if __name__ == "__main__":
    main()
