"""All measures of the built-in checks, each declared once: name, type, unit, scope, reporting.

Reporters, the periodic report and the JSON schema read this table. A measure that is not declared
here, from a user's rule or an installed package, is reported as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec


class MeasureSpec(msgspec.Struct, frozen=True):
    """The declaration of a measure.

    Attributes:
        type: the JSON type of its value.
        unit: what it counts.
        scope: whether it is a measure of a post or of the blog.
        reported: ``always`` (as null if it was not measured), ``measured`` (only if it was), or
            ``never`` (it only feeds a score or another measure).
        ends_blog: whether its value is the day from which the blog counts as abandoned.
    """

    type: Literal["number", "integer", "string", "array", "object"]
    unit: str
    scope: Literal["post", "blog"]
    reported: Literal["always", "measured", "never"] = "measured"
    ends_blog: bool = False


def _post(type_: Any, unit: str, reported: Any = "measured") -> MeasureSpec:
    return MeasureSpec(type_, unit, "post", reported)


def _blog(type_: Any, unit: str, *, ends_blog: bool = False) -> MeasureSpec:
    return MeasureSpec(type_, unit, "blog", "measured", ends_blog)


#: How many times its limit a blog has to have kept its pace before that is told, and the days after
#: which a silence is no lapse any more.
KEPT_PACE, LONG_SILENCE = 3, 365

#: All declared measures, in reporting order.
MEASURES: Mapping[str, MeasureSpec] = {
    # of a post
    "advertorial": _post("number", "probability", "always"),
    "recycled": _post("number", "share of words", "always"),
    "readability": _post("number", "Flesch Reading Ease", "always"),
    "topic_similarity": _post("number", "cosine", "always"),
    "sentence_words_mean": _post("number", "words a sentence", "always"),
    "questions": _post("integer", "questions", "always"),
    "quoted_words": _post("integer", "words", "always"),
    "reading_minutes": _post("number", "minutes"),
    "school_grade": _post("number", "year of school"),
    "lix": _post("number", "LIX"),
    "editing": _post("number", "share of the signs of editing"),
    "longest_stretch": _post("integer", "words"),
    "words_before_heading": _post("integer", "words"),
    "unedited": _post("integer", "slips"),
    "repeated": _post("number", "share of words"),
    "press_style": _post("number", "probability"),
    "comments": _post("integer", "comments"),
    "reposted": _post("number", "share of words", "never"),
    "recycled_own_page": _post("number", "none", "never"),
    "length_excess": _post("number", "share of words beyond the limit", "never"),
    "stretch_excess": _post("number", "share of words beyond the limit", "never"),
    "long_sentence_share": _post("number", "share of sentences", "never"),
    "long_paragraph_share": _post("number", "share of paragraphs", "never"),
    "readability_below": _post("number", "points beyond the limit", "never"),
    "repeated_sentences": _post("integer", "sentences", "never"),
    "invites": _post("integer", "0 or 1", "never"),
    "silent": _post("integer", "0 or 1", "never"),
    "mixed_address": _post("integer", "forms", "never"),
    "images_without_alt": _post("integer", "pictures", "never"),
    "unexplained_acronyms": _post("integer", "acronyms", "never"),
    "advertorial_call_to_action": _post("integer", "phrases", "never"),
    "recycling_reprint": _post("integer", "notes", "never"),
    "advertorial_seal": _post("integer", "phrases", "never"),
    "advertorial_self_praise": _post("integer", "phrases", "never"),
    "advertorial_superlative": _post("integer", "phrases", "never"),
    "advertorial_testimonial": _post("integer", "phrases", "never"),
    "craft_jargon": _post("integer", "phrases", "never"),
    "passed_claims": _post("integer", "claims", "never"),
    "dead_links": _post("integer", "links", "never"),
    "chat_leftovers": _post("integer", "passages", "never"),
    "habit_score": _post("number", "log-odds", "never"),
    "house_terms": _post("integer", "words", "never"),
    # of the blog
    "days_since_last_post": _blog("integer", "days"),
    "next_post_due": _blog("string", "date"),
    "dead_on": _blog("string", "date", ends_blog=True),
    "due_days": _blog("integer", "days"),
    "due_dates": _blog("array", "dates"),
    "paused_until": _blog("string", "date"),
    "silent_days": _blog("integer", "days"),
    "longest_gap_days": _blog("integer", "days"),
    "longest_gap_ever_days": _blog("integer", "days"),
    "longest_gap_ever_from": _blog("string", "date"),
    "median_gap_days": _blog("number", "days"),
    "overdue_share": _blog("number", "share of days"),
    "posts_short": _blog("integer", "posts"),
    "steady_days": _blog("integer", "days"),
    "steady_posts": _blog("integer", "posts"),
    "pace_days": _blog("integer", "days"),
    "imported_posts": _blog("integer", "posts"),
    "republished_posts": _blog("integer", "posts"),
    "repeated_posts": _blog("integer", "posts"),
    "empty_posts": _blog("integer", "posts"),
    "announced_twice_posts": _blog("integer", "posts"),
    "covered_share": _blog("number", "share of days"),
    "burstiness": _blog("number", "-1 to 1"),
    "burst_share": _blog("number", "share of posts"),
    "posts_per_quarter": _blog("array", "posts"),
    "quarterly_change": _blog("number", "share of posts"),
    "authors": _blog("integer", "people"),
    "reviews": _blog("array", "reviews"),
    "overdue_reviews": _blog("integer", "posts"),
    "top_author_share": _blog("number", "share of posts"),
    "authors_of_half": _blog("integer", "people"),
    "stand_in_share": _blog("number", "share of weeks"),
    "rested_author": _blog("string", "name"),
    "rested_since": _blog("string", "date"),
    "focus": _blog("number", "cosine"),
    "focus_weighed": _blog("number", "cosine"),
    "columns": _blog("integer", "columns"),
    "subjects": _blog("array", "subjects"),
    "newest_row": _blog("object", "posts"),
    "focus_by_year": _blog("object", "cosine"),
    **{
        f"{kind}_{part}": _blog(type_, unit)
        for kind in ("recycling", "advertising", "monologue")
        for part, type_, unit in (
            ("expected", "number", "posts"),
            ("posts", "integer", "posts"),
            ("of", "integer", "posts"),
            ("marks", "array", "0 or 1"),
            ("guesses", "array", "0 or 1"),
            ("marked", "array", "post ids"),
            ("by_year", "object", "posts"),
            ("by_quarter", "object", "posts"),
            ("allowed", "integer", "posts"),
        )
    },
}


def reported(measured: Mapping[str, Any]) -> dict[str, Any]:
    """Return the measures of a post to report: declared ones in their order, then unknown ones."""
    found = {}
    for name, spec in MEASURES.items():
        shown = spec.reported == "always" or (spec.reported == "measured" and name in measured)
        if spec.scope == "post" and shown:
            found[name] = measured.get(name)
    return found | {name: value for name, value in measured.items() if name not in MEASURES}


def days_of_end(measures: Mapping[str, Any]) -> list[str]:
    """Return the days, in ISO 8601, from which a blog counts as abandoned by its measures."""
    return [
        str(value)
        for name, value in measures.items()
        if name in MEASURES and MEASURES[name].ends_blog
    ]
