"""Labels of real posts, sentence ends and quotations, by readers who see no judgement of bloglint.

The texts are in ``../shared/data/blogs``; what is kept here holds none of their words. Draw, let
readers label, keep:

    python benchmarks/labels.py draw posts FOLDER       # FOLDER/de.txt, FOLDER/de.key.csv, …
    python benchmarks/labels.py keep posts FOLDER       # from FOLDER/de*.a.csv and FOLDER/de*.b.csv
    python benchmarks/labels.py draw sentences FOLDER   # or quotations
    python benchmarks/labels.py keep sentences FOLDER
    python benchmarks/labels.py agreement

Readers of posts, two for each, follow ``benchmarks/labelling.md``; their labels are kept in
``benchmarks/data/posts.csv``. Sentence ends and paragraphs with quotations are kept as offsets
into the files, in ``benchmarks/data/sentence-ends.csv`` and ``quotations.csv``.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from figures import rows_of, table

from bloglint.engine.linter import lint_blog
from bloglint.model import Blog, Post, replace
from bloglint.rules import load_rules
from bloglint.sources import read_blog
from bloglint.text.document import Document

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
BLOGS = SHARED / "blogs"
DATA = Path(__file__).parent / "data"
LABELLED_POSTS, LABELLED_ENDS = DATA / "posts.csv", DATA / "sentence-ends.csv"
LABELLED_QUOTATIONS = DATA / "quotations.csv"
Places = Callable[[str], Iterator[tuple[str, str, int, bool, str]]]
#: The blogs by the language of their posts.
GERMAN = ("appuio", "datenschule", "edulabs", "evcc", "ffmuc", "fossgis", "mint", "robotmk",
          "sinndrin", "windmuehle")  # fmt: skip
ENGLISH = ("apiary", "artsy-engineering", "cloudgov", "letsencrypt", "linkerd", "madetech",
           "plausible", "questdb", "rethinkdb", "serverless", "snowplow")  # fmt: skip
#: How many posts of a blog are drawn at random, and how many suspected ones of a language.
RANDOM, LIKELY, SUSPECTED = 21, 60, 0.3
#: Shorter posts are not drawn, and longer ones are shown without their middle (characters).
WORDS, SHOWN = 30, 3600
LABELS = ("ad", "press", "kind", "invite", "edit", "drift")
_END = re.compile(r"[.!?…][\"”“»«)’'\]]*(?=\s+\S)")
_QUOTE = re.compile(r"[„“”‟\"″«»]")
_HARD = re.compile(r"(?:\b\w{1,4}|\d)\.$|[\"”“»«)’'\]]$")


@cache
def posts_of(name: str) -> dict[str, Post]:
    """The posts of a blog by their paths inside it."""
    folder = BLOGS / name
    blog = read_blog(str(folder))
    return {
        str(Path(post.path).resolve().relative_to(folder)): post
        for post in (*blog.posts, *blog.undated)
        if post.path
    }


def _write(path: Path, fields: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(rows)


def _suspicion(post: Post, name: str) -> float:
    """How probably today's rule takes a post for an advert."""
    day = datetime(2026, 6, 1, tzinfo=UTC)
    blog = Blog("x", title=name, posts=(replace(post, published=day),))
    verdict = lint_blog(blog, load_rules(), as_of=day)
    return float(verdict.posts[0].measures.get("advertorial") or 0) if verdict.posts else 0.0


def draw_posts(folder: Path, random: Random) -> None:
    """Write posts that nobody has labelled yet, in a mixed order, and a key to them."""
    for language, names in (("de", GERMAN), ("en", ENGLISH)):
        known = {(row["blog"], row["path"]) for row in rows_of(SHARED / f"labelled/{language}.csv")}
        drawn, likely = [], []
        for name in names:
            pool = [(name, path, post) for path, post in sorted(posts_of(name).items())
                    if (name, path) not in known and len(post.body.split()) >= WORDS]  # fmt: skip
            random.shuffle(pool)
            drawn += [(*one, "random") for one in pool[:RANDOM]]
            suspected = ((_suspicion(one[2], name), one) for one in pool[RANDOM:])
            likely += [(value, one) for value, one in suspected if value > SUSPECTED]
        likely.sort(key=lambda pair: (-pair[0], pair[1][:2]))
        drawn += [(*one, "likely") for _, one in likely[:LIKELY]]
        random.shuffle(drawn)
        texts = []
        for number, (name, _, post, _) in enumerate(drawn):
            body, day = post.body.strip(), post.published
            if len(body) > SHOWN:
                body = f"{body[: SHOWN * 2 // 3]}\n\n[… cut …]\n\n{body[-SHOWN // 3 :]}"
            head = f"=========== POST {language}{number:03} | blog: {name} | {day and day.date()}"
            texts.append(f"{head}\nTITLE: {post.title}\n\n{body}\n\n")
        (folder / f"{language}.txt").write_text("".join(texts), encoding="utf-8")
        keys = [(f"{language}{n:03}", name, path, how) for n, (name, path, _, how) in
                enumerate(drawn)]  # fmt: skip
        _write(folder / f"{language}.key.csv", ("id", "blog", "path", "drawn"), keys)


def keep_posts(folder: Path) -> int:
    """Keep the labels of both readers of every post, and return how many posts these are."""
    rows = []
    for language in ("de", "en"):
        key = {row["id"]: row for row in rows_of(folder / f"{language}.key.csv")}
        read = [
            {row["id"]: row for path in sorted(folder.glob(f"{language}*.{reader}.csv"))
             for row in rows_of(path)}
            for reader in "ab"
        ]  # fmt: skip
        for number in sorted(key):
            if all(number in labels for labels in read):
                one = key[number]
                labels = [labels[number][name] for name in LABELS for labels in read]
                rows.append((language, one["blog"], one["path"], one["drawn"], *labels))
    fields = [f"{name}{n}" for name in LABELS for n in ("", "2")]
    _write(LABELLED_POSTS, ("language", "blog", "path", "drawn", *fields), rows)
    return len(rows)


def _documents(language: str) -> Iterator[tuple[str, str, Document]]:
    """Yield the posts of a language with their blogs and their paths in it."""
    for name in GERMAN if language == "de" else ENGLISH:
        for path, post in sorted(posts_of(name).items()):
            document = Document(post, language)
            if document.language == language:
                yield name, path, document


def _possible_ends(language: str) -> Iterator[tuple[str, str, int, bool, str]]:
    """Yield the places where a sentence may end, each with whether it is hard and its context."""
    for name, path, document in _documents(language):
        for block in document.prose:
            text = document.text[block.start : block.end]
            for match in _END.finditer(text):
                at = block.start + match.end()
                following = text[match.end() :].lstrip()[:1]
                before = text[max(0, match.end() - 8) : match.end()]
                is_hard = bool(_HARD.search(before)) or not following.isupper()
                shown = f"{text[max(0, match.end() - 140) : match.end()]} ⟦?⟧"
                shown += text[match.end() : match.end() + 90]
                place = document.source_start(at - 1, at) + 1
                yield name, path, place, is_hard, " ".join(shown.split())


def _quotations(language: str) -> Iterator[tuple[str, str, int, bool, str]]:
    """Yield paragraphs with quotation marks; an odd number or three kinds are hard."""
    for name, path, document in _documents(language):
        texts = [document.text[block.start : block.end] for block in document.prose]
        for at, block in enumerate(document.prose):
            marks = Counter(_QUOTE.findall(texts[at]))
            if not marks:
                continue
            is_hard = marks.total() % 2 == 1 or len(marks) > 2
            shown = " ⏎ ".join((f"⟦{texts[at]}⟧", *texts[at + 1 : at + 4]))[:1500]
            place = document.source_start(block.start, block.start + 1)
            yield name, path, place, is_hard, " ".join(shown.split())


#: What is labelled in a post: the table of its labels, the name of the label, how to find places,
#: and how many are drawn of a language, half of them hard ones.
PLACES: dict[str, tuple[Path, str, Places, int]] = {
    "sentences": (LABELLED_ENDS, "end", _possible_ends, 200),
    "quotations": (LABELLED_QUOTATIONS, "open", _quotations, 100),
}


def draw_places(kind: str, folder: Path, random: Random) -> None:
    """Write places that a reader is to label, half of them hard, and a key to them."""
    _, _, places, number = PLACES[kind]
    for language in ("de", "en"):
        found = list(places(language))
        random.shuffle(found)
        hard = [one for one in found if one[3]][: number // 2]
        drawn = hard + [one for one in found if not one[3]][: number - len(hard)]
        random.shuffle(drawn)
        names = [f"{language}{number:03}" for number in range(len(drawn))]
        lines = [f"{name}\t{one[4]}\n" for name, one in zip(names, drawn, strict=True)]
        (folder / f"{kind}-{language}.txt").write_text("".join(lines), encoding="utf-8")
        keys = [(name, *one[:4]) for name, one in zip(names, drawn, strict=True)]
        fields = ("id", "blog", "path", "place", "hard")
        _write(folder / f"{kind}-{language}.key.csv", fields, keys)


def keep_places(kind: str, folder: Path) -> int:
    """Keep the labels of places, and return how many these are."""
    file, name, _, _ = PLACES[kind]
    rows = []
    for language in ("de", "en"):
        labels = {row["id"]: row[name] for row in rows_of(folder / f"{kind}-{language}.csv")}
        for one in rows_of(folder / f"{kind}-{language}.key.csv"):
            if one["id"] in labels:
                hard = int(one["hard"] == "True")
                rows.append((language, one["blog"], one["path"], one["place"], hard,
                             labels[one["id"]]))  # fmt: skip
    _write(file, ("language", "blog", "path", "place", "hard", name), rows)
    return len(rows)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa: how far two readers agree beyond chance, 1 for always."""
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[name] * second[name] for name in first) / len(pairs) ** 2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def agreement() -> str:
    """How far the two readers of the posts agree, by language and label."""
    rows = []
    for language in ("de", "en"):
        own = [row for row in rows_of(LABELLED_POSTS) if row["language"] == language]
        for name in LABELS:
            pairs = [(row[name], row[f"{name}2"]) for row in own]
            same = sum(a == b for a, b in pairs) / len(pairs)
            rows.append((language, name, len(pairs), f"{same:.0%}", f"{kappa(pairs):.2f}"))
    return table(("language", "label", "posts", "equal", "kappa"), rows)


def main() -> int:
    """Draw, keep, or print how far the readers agree."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["draw", "keep", "agreement"])
    parser.add_argument("kind", nargs="?", choices=["posts", *PLACES])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=28, help="other posts (default: 28)")
    options = parser.parse_args()
    if options.what == "agreement":
        print(agreement())
        return 0
    if options.kind is None or options.folder is None:
        parser.error("name what is labelled, and the folder")
    if options.what == "draw":
        options.folder.mkdir(parents=True, exist_ok=True)
        if options.kind == "posts":
            draw_posts(options.folder, Random(options.seed))
        else:
            draw_places(options.kind, options.folder, Random(options.seed))
    else:
        folder, kind = options.folder, options.kind
        print(f"{keep_posts(folder) if kind == 'posts' else keep_places(kind, folder)} kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
