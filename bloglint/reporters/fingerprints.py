"""Fingerprints, by which other tools recognize the findings of an earlier run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from bloglint.model import Finding, Verdict
from bloglint.reporters.paths import named_source


def with_fingerprints(
    verdict: Verdict, findings: Iterable[Finding]
) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with a hash of its blog, rule, post and words, independent of its line.

    Equal findings are numbered, so that no two findings of a blog share a fingerprint.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        words = finding.words if finding.post else ""
        key = (named_source(verdict), finding.rule, finding.post or "", words)
        seen[key] += 1
        parts = "\0".join((*key, str(seen[key])))
        yield finding, sha256(parts.encode("utf-8", "replace")).hexdigest()
