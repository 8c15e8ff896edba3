"""Whether a post speaks with its readers."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.checks import Context, Hit, Measure, Options
from bloglint.text.document import Document


def invitation(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Whether a post asks its readers for an answer, or at least a question near its end.

    ``invites`` and ``silent`` are 0 or 1; ``questions`` counts the questions of the prose.
    """
    if document.language not in ("en", "de"):
        return
    text = document.text
    asked = [
        s for s in document.sentences if text[s.start : s.end].rstrip('"“”»«)* ').endswith("?")
    ]
    near_end = document.words and any(
        s in document.sentences[-options["last_sentences"] :] for s in asked
    )
    invites = bool(near_end or context.matches(document, options["rule"]))
    yield Measure("questions", len(asked))
    if document.words < options["fewest_words"] or not document.post.complete:
        return
    yield Measure("invites", int(invites))
    yield Measure("silent", int(not invites))
    if not invites:
        last = document.sentences[-1]
        yield Hit("none", 0, 1, {"questions": len(asked)}, last.start, last.end)


def address(document: Document, options: Options, context: Context) -> Iterator[Hit | Measure]:
    """Both ways of addressing a reader in one post, each at least ``allowed`` + 1 times."""
    found = [m for m in context.matches(document, options["rule"]) if not m.quoted]
    formal = [m for m in found if m.group == "formal"]
    informal = [m for m in found if m.group == "informal"]
    rarer = min(formal, informal, key=len)
    yield Measure("mixed_address", len(rarer))
    if len(rarer) > options["allowed"]:
        fields = {
            "formal": len(formal),
            "informal": len(informal),
            "first": formal[0].text,
            "second": informal[0].text,
        }
        match = rarer[0]
        yield Hit(
            "mixed", len(rarer), options["allowed"], fields, match.start, match.end, match.text
        )
