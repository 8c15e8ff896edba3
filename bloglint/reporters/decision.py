"""Whether to publish the posts in question: the first thing that their author wants to know."""

from __future__ import annotations

from typing import Literal

import msgspec

from bloglint.model import Effect, Finding, Text, Verdict, say, translate
from bloglint.model.messages import counted
from bloglint.reporters.words import changed, effect_said, grade, score_change, summary

Kind = Literal["publish", "improve", "refuse", "unknown"]
#: How each decision looks.
COLOURS: dict[Kind, str] = {
    "publish": "bold green",
    "improve": "bold color(172)",
    "refuse": "bold red",
    "unknown": "bold",
}
#: A shorter text cannot be judged.
FEWEST_WORDS = 30


class Decision(msgspec.Struct, frozen=True):
    """A decision, with its reason in a sentence."""

    kind: Kind
    text: Text


def decision_of(verdict: Verdict) -> Decision:
    """Return the decision on the posts that a verdict is about, by the findings in them."""
    asked = set(verdict.effect.posts) if verdict.effect else set()
    own = [one for one in verdict.findings if one.post in asked]
    errors = [one for one in own if one.severity == "error"]
    warnings = sum(one.severity == "warning" for one in own)
    for one in errors:
        if why := _why_not(one):
            return Decision("refuse", translate("Do not publish: {why}", why=why))
    words = [post.words for post in verdict.posts if post.id in asked]
    if words and max(words) < FEWEST_WORDS:
        return Decision("unknown", translate("Too short to judge: {words} words", words=max(words)))
    if errors or warnings:
        parts = [counted("error", len(errors)), counted("warning", warnings)]
        found = [part for part in parts if part]
        if len(found) > 1:
            why = translate("{one} and {other}", one=found[0], other=found[1])
        else:
            why = found[0]
        return Decision("improve", translate("Improve first: {why}", why=why))
    if verdict.effect and not asked:
        return Decision("unknown", translate("No post differs"))
    return Decision("publish", translate("Publish"))


def _why_not(finding: Finding) -> Text | None:
    """Why an error alone forbids a post, None if it only asks for better work."""
    share = round(100 * (finding.value or 0.0))
    if finding.rule == "recycling-press":
        return translate("press release ({share} %)", share=share)
    if finding.rule == "recycling-self":
        return translate("repeats an earlier post ({share} %)", share=share)
    if finding.rule == "advertorial-tone":
        return translate("advertising beyond the measure")
    return None


def effect_lines(verdict: Verdict, decision: Decision, language: str) -> list[str]:
    """What the posts do to their blog; a post that should not appear is praised for nothing."""
    effect = verdict.effect
    if effect is None:
        return []
    is_good = decision.kind == "publish"
    return [
        _score_said(effect, decision, language),
        *effect_said(effect, language, with_gains=is_good),
    ]


def _score_said(effect: Effect, decision: Decision, language: str) -> str:
    """How the score changes, or would change with posts that should not appear as they are."""
    return score_change(effect, language, is_conditional=decision.kind != "publish")


def quiet_line(verdict: Verdict, language: str) -> str:
    """The verdict on a blog, or the decision on a post, in one line."""
    if verdict.effect:
        found = decision_of(verdict)
        score = _score_said(verdict.effect, found, language)
        return f"{verdict.name}: {say(found.text, language)}. {score}"
    why = " ".join(changed(verdict, language)[:1])
    return f"{verdict.name}: {grade(verdict, language)}. {why or summary(verdict, language)}"
