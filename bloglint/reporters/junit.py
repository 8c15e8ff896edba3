"""The report as JUnit XML: one test per post, and one for the blog as a whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bloglint.languages import labels
from bloglint.model import Finding, Report, Severity, Verdict, say
from bloglint.reporters.printable import printable
from bloglint.reporters.words import grade, where

#: Characters that XML 1.0 cannot represent; `printable` has already replaced the other ones.
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def write_junit(report: Report, language: str, failing: Collection[Severity]) -> str:
    """Return the report as text; findings of a severity in ``failing`` make a test fail."""
    report = printable(report)
    root = Element("testsuites", name="bloglint")
    for verdict in report.blogs:
        _suite(root, verdict, language, failing)
    if report.errors:
        count = str(len(report.errors))
        suite = SubElement(root, "testsuite", name="sources", tests=count, errors=count)
        for one in report.errors:
            case = SubElement(suite, "testcase", name=_safe(one.source), classname="bloglint")
            error = SubElement(case, "error", message=_safe(say(one.message, language)))
            error.text = _safe(say(one.advice, language))
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: Element, verdict: Verdict, language: str, failing: Collection[Severity]) -> None:
    suite = SubElement(root, "testsuite", name=_safe(verdict.title or verdict.source))
    properties = SubElement(suite, "properties")
    score = "" if verdict.score is None else f"{verdict.score:.1f}"
    SubElement(properties, "property", name="score", value=score)
    SubElement(properties, "property", name="grade", value=verdict.grade or "")
    posts = {f.post: f.path or f.title or f.post for f in verdict.findings if f.post}
    posts |= {post.id: post.path or post.title for post in verdict.posts}
    if verdict.effect:
        posts = {post: name for post, name in posts.items() if post in verdict.effect.posts}
    failed = 0
    whole = [finding for finding in verdict.findings if finding.post not in posts]
    failed += _case(suite, grade(verdict, language), verdict.source, whole, language, failing)
    for post, name in posts.items():
        own = [finding for finding in verdict.findings if finding.post == post]
        failed += _case(suite, name, verdict.source, own, language, failing)
    suite.set("tests", str(len(posts) + 1))
    suite.set("failures", str(failed))
    suite.set("errors", "0")


def _case(
    suite: Element,
    name: str,
    source: str,
    findings: Sequence[Finding],
    language: str,
    failing: Collection[Severity],
) -> int:
    case = SubElement(suite, "testcase", name=_safe(name), classname=_safe(source))
    wrong = [finding for finding in findings if finding.severity in failing]
    if wrong:
        first = SubElement(case, "failure", type=wrong[0].rule)
        first.set("message", _safe(say(wrong[0].message, language)))
        first.text = _safe("\n\n".join(_describe(one, language) for one in wrong))
    rest = [finding for finding in findings if finding.severity not in failing]
    if rest:
        SubElement(case, "system-out").text = _safe(
            "\n\n".join(_describe(f, language) for f in rest)
        )
    return int(bool(wrong))


def _describe(finding: Finding, language: str) -> str:
    kind = labels("severities", language)[finding.severity]
    lines = [f"{kind} {finding.rule} {where(finding)}".rstrip()]
    lines.append(say(finding.message, language))
    if finding.passage:
        lines.append(f"» {finding.words}")
    lines.append(f"→ {say(finding.advice, language)}")
    return "\n".join(lines)


def _safe(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
