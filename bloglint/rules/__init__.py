"""Rules: their schema, how they are read, and the prepared built-in rules."""

from bloglint.rules.packages import rule_folder
from bloglint.rules.prepared import (
    PREPARED,
    address_of,
    load_rules,
    phrases_of,
    prepare,
    rules_folder,
)
from bloglint.rules.reading import read_rule, with_words
from bloglint.rules.schema import (
    Example,
    Option,
    PhraseList,
    Rule,
    Score,
    Signal,
    Words,
    WordWeights,
    interpolate,
    rules_digest,
)

__all__ = [
    "PREPARED",
    "Example",
    "Option",
    "PhraseList",
    "Rule",
    "Score",
    "Signal",
    "WordWeights",
    "Words",
    "address_of",
    "interpolate",
    "load_rules",
    "phrases_of",
    "prepare",
    "read_rule",
    "rule_folder",
    "rules_digest",
    "rules_folder",
    "with_words",
]
