"""Measures how right the judgements are and writes the tables of docs/accuracy.md.

``python benchmarks/accuracy.py --data ../shared/data`` from the checkout, or with the names of some
tables, such as ``counts`` or ``doubles``. The data of most are other people's texts that are not
ours to ship. ``tone`` also needs ``pip install numpy scipy`` and compares with those of
benchmarks/peers.py that are installed.
"""

import argparse
import dataclasses
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from statistics import mean

from figures import Row, auc, interval, lines, rows_of, table
from labels import LABELLED_ENDS, LABELLED_QUOTATIONS, agreement, posts_of

from bloglint.checks.context import Context
from bloglint.checks.dialogue import Invitation, invitation
from bloglint.checks.pauses import announced_in
from bloglint.checks.results import Measure
from bloglint.checks.topic import _columns, _focus, _Group, _likeness
from bloglint.checks.unedited import slips_of
from bloglint.engine.linter import effective_options, lint_blog
from bloglint.model import Blog, Post
from bloglint.rules import load_rules
from bloglint.sources import read_blog
from bloglint.text.document import Document
from bloglint.text.sentences import sentence_ends
from bloglint.text.syllables import syllables, word_parts
from bloglint.text.vectors import Vector, weigh_words, word_table

ROOT = Path(__file__).parent.parent
HELD_BACK = ROOT / "tests" / "heldback"
REPORT = ROOT / "docs" / "accuracy.md"
RULES = load_rules()
OPTIONS = effective_options(RULES, "standard", {})
#: Set by --data.
DATA = ROOT.parent / "shared" / "data"
NOW = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
RUNS = 1000


def counts() -> str:
    """Sentences and syllables against texts counted by hand."""
    rows = []
    for language in ("de", "en"):
        for name in ("all", "hard"):
            right = told = real = 0
            errors = []
            texts = lines(HELD_BACK / f"counts-{language}.jsonl")
            texts = [t for t in texts if name == "all" or t["hard"]]
            for one in texts:
                text, ends, at = one["text"], set(), 0
                for sentence in one["sentences"]:
                    at = text.index(sentence, at) + len(sentence)
                    ends.add(len(text[:at].split()))
                found = {len(text[:end].split()) for end in sentence_ends(text, language)}
                right, told, real = right + len(ends & found), told + len(found), real + len(ends)
                hand = counted = 0
                for word in one["syllables"].split():
                    parts = word_parts(word.replace("·", ""))
                    if parts and not re.search(r"\d", word):
                        hand += word.count("·") + len(parts)
                        counted += sum(syllables(part, language) for part in parts)
                errors.append(abs(counted - hand) / hand)
            precision, recall = right / told, right / real
            f1 = 2 * precision * recall / (precision + recall)
            rows.append([language, name, len(texts), real, precision, recall, f1,
                         f"{mean(errors):.2%}"])  # fmt: skip
    head = ["language", "texts", "number", "sentences", "precision", "recall", "F1",
            "syllables: mean error a text"]  # fmt: skip
    return table(head, rows)


def real_ends() -> str:
    """Sentence ends of real posts against the labels of a reader (benchmarks/labels.py)."""
    found: dict[tuple[str, str], set[int]] = {}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows_of(LABELLED_ENDS):
        language = row["language"]
        if (row["blog"], row["path"]) not in found:
            posts = posts_of(row["blog"])
            document = Document(posts[row["path"]], language)
            found[row["blog"], row["path"]] = {
                document.source_start(one.end - 1, one.end) + 1 for one in document.sentences
            }
        is_told = int(row["place"]) in found[row["blog"], row["path"]]
        kind = ("right" if is_told else "missed") if row["end"] == "1" else (
            "wrong" if is_told else "silent")  # fmt: skip
        counts[language, "hard" if row["hard"] == "1" else "easy"][kind] += 1
        counts[language, "all"][kind] += 1
    rows = []
    for (language, name), count in sorted(counts.items()):
        precision = count["right"] / (count["right"] + count["wrong"])
        recall = count["right"] / (count["right"] + count["missed"])
        rows.append([language, name, count.total(), precision, recall])
    return table(["language", "places", "number", "precision", "recall"], rows)


class Subjects:
    """Texts by subject with their vectors, from which blogs are mixed."""

    def __init__(self, texts: dict[str, list[str]], language: str, seed: int = 1) -> None:
        self.language, self.random = language, random.Random(seed)
        found = word_table(language)
        self.vectors: dict[str, list[Vector]] = {
            subject: [v for t in own if (v := found.vector(weigh_words(t, language)))]
            for subject, own in texts.items()
        }
        self.names = sorted(texts)

    def blog(self, subjects: int, posts: int, *, drifting: bool = False) -> list[Vector]:
        """A blog of so many subjects: in turn, or one after the other."""
        chosen = self.random.sample(self.names, subjects)
        pools = {
            name: self.random.sample(self.vectors[name], len(self.vectors[name])) for name in chosen
        }
        order = [chosen[n * subjects // posts if drifting else n % subjects] for n in range(posts)]
        return [pools[name].pop() for name in order]


def judged(vectors: Sequence[Vector], language: str) -> tuple[float, int]:
    """The focus of a blog and how many steady columns it has."""
    likeness = _likeness(vectors)
    group = _Group(language, range(len(vectors)), (), (), likeness)
    return _focus(likeness), _columns(group, OPTIONS["topic-focus"])


def topic_rows(name: str, subjects: Subjects, posts: int, kinds: Sequence[int]) -> Iterator[Row]:
    """AUC of one subject against mixes, with bootstrap intervals, and the intruder."""
    one = [judged(subjects.blog(1, posts), subjects.language)[0] for _ in range(RUNS)]
    values = []
    for kind in kinds:
        mixed = [judged(subjects.blog(kind, posts), subjects.language)[0] for _ in range(RUNS)]
        again = [auc(subjects.random.choices(one, k=60), subjects.random.choices(mixed, k=60))
                 for _ in range(200)]  # fmt: skip
        values.append(f"{auc(one, mixed):.3f} ({interval(again)})")
    hits = 0
    for _ in range(RUNS):
        first, other = subjects.random.sample(subjects.names, 2)
        own = min(11, len(subjects.vectors[first]) - 1)
        vectors = [*subjects.random.sample(subjects.vectors[first], own),
                   subjects.random.choice(subjects.vectors[other])]  # fmt: skip
        sums = [sum(row) for row in _likeness(vectors)]
        hits += sums.index(min(sums)) == own
    yield [name, posts, *values, f"{hits / RUNS:.3f}"]


def topic() -> str:
    """Focus: one subject against several, two columns, a real blog against a made one."""
    english: dict[str, list[str]] = defaultdict(list)
    for one in lines(ROOT / "benchmarks" / "data" / "topics-en.jsonl"):
        english[one["topic"]].append(f"{one['title']} {one['text']}")
    news: dict[str, list[str]] = defaultdict(list)
    for one in lines(DATA / "news-de" / "articles.jsonl"):
        news[one["topic"]].append(one["text"])
    chosen = Subjects({name: texts[:25] for name, texts in news.items()}, "de")
    reported = Subjects({name: texts[25:] for name, texts in news.items()}, "de")
    own = Subjects(english, "en")
    kinds = (3, 6, 9)
    rows = [
        *topic_rows("German news, articles 1–25 (choices)", chosen, 10, kinds),
        *topic_rows("German news, articles 26–50", reported, 10, kinds),
        *topic_rows("German news, articles 26–50", reported, 20, kinds),
        *topic_rows("English posts of ours", own, 8, kinds),
    ]
    head = ["texts", "posts", *(f"AUC 1 against {k}" for k in kinds), "intruder found first"]
    least = OPTIONS["topic-focus"].least
    called: list[Row] = []
    sets = [("German news 26–50", reported, 12), ("German news 26–50", reported, 20)]
    for name, subjects, posts in (*sets, ("English posts of ours", own, 12)):
        for kind in (1, 2, 3, 9):
            for drifting in (False, True) if kind in (2, 3) else (False,):
                if kind * len(subjects.vectors[subjects.names[0]]) < posts:
                    continue
                blogs = [subjects.blog(kind, posts, drifting=drifting) for _ in range(300)]
                found = [judged(blog, subjects.language) for blog in blogs]
                share = mean(value < least and not columns for value, columns in found)
                how = "one after the other" if drifting else "in turn" if kind > 1 else ""
                called.append([name, posts, kind, how, share])
    return "\n\n".join([
        table(head, rows),
        table(["texts", "posts", "subjects", "order", "called scattered"], called),
        _artsy(english),
    ])  # fmt: skip


def _artsy(english: dict[str, list[str]]) -> str:
    """A real blog of one theme in mixed registers beside a made one of twelve subjects."""
    rules = {name: rule for name, rule in RULES.items() if rule.reason == "topic"}

    def score(posts: Sequence[Post], as_of: datetime) -> float:
        return (
            lint_blog(Blog("x", posts=tuple(posts)), rules, as_of=as_of).reasons["topic"].score
            or 0.0
        )

    real = read_blog(str(DATA / "blogs" / "artsy-engineering" / "_posts")).posts
    ends = [datetime(year, 12, 31, tzinfo=UTC) for year in range(2012, 2021)]
    scores = [score([p for p in real if p.published and p.published <= end], end) for end in ends]
    made = [
        score([Post(f"{t}", t, texts[row], published=NOW, language="en")
               for t, texts in english.items()], NOW)
        for row in range(10)
    ]  # fmt: skip
    rows = [
        ["artsy-engineering, at the ends of 2012 to 2020", min(scores), mean(scores), max(scores)],
        ["ten blogs of twelve subjects in one register", min(made), mean(made), max(made)],
    ]
    return table(["blog", "lowest topic score", "mean", "highest"], rows)


PAD = {
    "en": "We took the pump apart on Monday and noted what was to be seen. The shaft was bent, the "
    "seal was dry, and the drawing showed another type. It took four hours to find the cause. ",
    "de": "Am Montag haben wir die Pumpe zerlegt und alles notiert. Die Welle war ziemlich krumm, "
    "die Dichtung trocken, und der Plan zeigte einen anderen Typ. Nach vier Stunden war es klar. ",
}


def dialogue() -> str:
    """Whether a closing passage invites to an answer, against labels by hand."""
    rules = {name: rule for name, rule in RULES.items() if rule.reason == "dialogue"}
    sets = [
        (language, "lists written in view of them", lines(HELD_BACK / f"closings-{language}.jsonl"))
        for language in ("de", "en")
    ]
    fresh = lines(HELD_BACK / "closings-fresh.jsonl")
    sets += [(language, "never read", [one for one in fresh if one["language"] == language])
             for language in ("de", "en")]  # fmt: skip
    rows = []
    for language, name, passages in sets:
        results: Counter[tuple[bool, bool]] = Counter()
        for one in passages:
            text = f"{PAD[language] * 3}\n\n{one['text']}"
            post = Post("p", "The pump", text, published=NOW, language=language)
            verdict = lint_blog(Blog("x", posts=(post,)), rules, as_of=NOW)
            missed = any(f.rule == "dialogue-invitation" for f in verdict.findings)
            results[not missed, one["invites"]] += 1
        right = results[True, True]
        rows.append([language, name, len(passages), right / (right + results[True, False]),
                     right / (right + results[False, True])])  # fmt: skip
    return table(["language", "passages", "number", "precision", "recall"], rows)


def invitations() -> str:
    """Whether the ends of real posts invite their readers to reply, against their labels."""
    from real_posts import documents

    rule, options = RULES["dialogue-invitation"], OPTIONS["dialogue-invitation"]
    assert isinstance(options, Invitation)
    results: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for one, document, context in documents(RULES, OPTIONS):
        found = invitation(document, options, dataclasses.replace(context, for_rule=rule))
        measured = {m.name: m.value for m in found if isinstance(m, Measure)}
        if "silent" in measured:
            results[one.language][one.invite < 0.5, bool(measured["silent"])] += 1
    head = ["language", "posts", "without an invitation", "flagged", "right of those flagged",
            "found"]  # fmt: skip
    return _both_sides(head, results)


def pauses() -> str:
    """Whether an announced pause is found, on texts that nobody has read who wrote the lists."""
    results: Counter[tuple[str, str]] = Counter()
    for one in lines(HELD_BACK / "pauses.jsonl"):
        day = date.fromisoformat(one["day"])
        published = datetime.combine(day, time(9), UTC)
        post = Post("p", one["title"], one["text"], published=published, language=one["language"])
        context = Context(Blog("x", posts=(post,)), published, RULES, OPTIONS)
        found = list(announced_in(context, "frequency-gap", post, day))
        if not one["pause"]:
            result = "decoy taken for one" if found else "decoy left alone"
        elif not found:
            result = "missed"
        else:
            end = found[0][1].isoformat()
            fair = one["until_at_least"] <= end <= one["until_at_most"]
            result = "found" if fair else "found, wrong end"
        results[one["language"], result] += 1
    names = ["found", "found, wrong end", "missed", "decoy left alone", "decoy taken for one"]
    rows = [[language, *(results[language, name] for name in names)] for language in ("de", "en")]
    return table(["language", *names], rows)


def _both_sides(head: Row, results: Mapping[str, Counter[tuple[bool, bool]]]) -> str:
    """A table by language of what (is a slip, is flagged): how much is right, how much found."""
    return table(head, [
        [language, got.total(), got[True, True] + got[True, False],
         got[True, True] + got[False, True],
         got[True, True] / max(1, got[True, True] + got[False, True]),
         got[True, True] / max(1, got[True, True] + got[True, False])]
        for language, got in sorted(results.items())
    ])  # fmt: skip


def doubles() -> str:
    """Whether a word that stands twice is a slip, on labelled doubles of real blogs."""
    options = OPTIONS["bloat-unedited"]
    labelled = rows_of(Path(__file__).parent / "data" / "doubles.csv")
    rows = [row for row in labelled if row["label"] != "unsure"]
    blogs = {name: read_blog(str(DATA / "blogs" / name)) for name in {row["blog"] for row in rows}}
    found: dict[tuple[str, str], set[int]] = {}
    results: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for row in rows:
        blog, key = blogs[row["blog"]], (row["blog"], row["path"])
        post = next((p for p in (*blog.posts, *blog.undated) if p.id == row["path"]), None)
        if post is None:
            continue
        if key not in found:
            document = Document(post, blog.language)
            slips = document.memo.get("slips", lambda d=document: slips_of(d, options))
            spans = [(start, end) for case, start, end in slips if case == "doubled"]
            found[key] = {document.source_start(*span) for span in spans}
        is_flagged = any(abs(place - int(row["place"])) <= 3 for place in found[key])
        results[row["language"]][row["label"] == "slip", is_flagged] += 1
    head = ["language", "doubles", "slips", "flagged", "right of those flagged", "slips found"]
    return _both_sides(head, results)


def quotations() -> str:
    """Whether a quotation of a paragraph is never closed, on labelled paragraphs of real blogs."""
    options = OPTIONS["bloat-unedited"]
    read: dict[tuple[str, str], tuple[Document, list[int]]] = {}
    results: dict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for row in rows_of(LABELLED_QUOTATIONS):
        key = (row["blog"], row["path"])
        if key not in read:
            document = Document(posts_of(row["blog"])[row["path"]], row["language"])
            slips = slips_of(document, options)
            read[key] = document, [start for case, start, _ in slips if case == "unclosed"]
        document, unclosed = read[key]
        place = int(row["place"])
        block = next(b for b in document.prose
                     if document.source_start(b.start, b.start + 1) == place)  # fmt: skip
        is_flagged = any(block.start <= start < block.end for start in unclosed)
        results[row["language"]][row["open"] == "1", is_flagged] += 1
    head = ["language", "paragraphs", "never closed", "flagged", "right of those flagged",
            "found"]  # fmt: skip
    return _both_sides(head, results)


def real() -> str:
    """Whether posts of real blogs are adverts or releases, by weights learned without the blog."""
    import real_tables

    return f"{real_tables.tables()}\n\n{agreement()}"


def tone() -> str:
    """Whether a post reads as advertising, on held-back texts and on left-out origins."""
    import tone_tables

    return tone_tables.tables(DATA)


PARTS: dict[str, Callable[[], str]] = {
    "real": real,
    "counts": counts,
    "ends": real_ends,
    "topic": topic,
    "dialogue": dialogue,
    "invitations": invitations,
    "pauses": pauses,
    "doubles": doubles,
    "quotations": quotations,
    "tone": tone,
}


def main() -> None:
    """Measure the named parts, all of them without a name, and put their tables into the report."""
    global DATA
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*PARTS, []], metavar="TABLE")
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    DATA = given.data
    for name in given.names or PARTS:
        found = PARTS[name]()
        print(f"{name}\n\n{found}\n")
        text = REPORT.read_text("utf-8")
        marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
        start, end = text.index(marks[0]) + len(marks[0]), text.index(marks[1])
        REPORT.write_text(f"{text[:start]}\n\n{found}\n\n{text[end:]}", "utf-8")


if __name__ == "__main__":
    main()
