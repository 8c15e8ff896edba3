"""bloglint: the linter for the editorial health of corporate blogs."""

TYPE_CHECKING = False  # importing typing would cost `--version` as much time as starting Python
if TYPE_CHECKING:
    from bloglint.api import check as check
    from bloglint.model import BloglintError as BloglintError
    from bloglint.model import ConfigError as ConfigError
    from bloglint.model import Finding as Finding
    from bloglint.model import Post as Post
    from bloglint.model import Report as Report
    from bloglint.model import RuleError as RuleError
    from bloglint.model import SourceError as SourceError
    from bloglint.model import SourceFailure as SourceFailure
    from bloglint.model import Text as Text
    from bloglint.model import Verdict as Verdict

__version__ = "0.1.0"
#: The public names, and the modules they are imported from on first use.
_PUBLIC = {
    "check": "bloglint.api",
    **dict.fromkeys(
        (
            "BloglintError",
            "ConfigError",
            "Finding",
            "Post",
            "Report",
            "RuleError",
            "SourceError",
            "SourceFailure",
            "Text",
            "Verdict",
        ),
        "bloglint.model",
    ),
}
__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> object:
    """Return a public name, importing it on first use: ``--version`` needs none of them."""
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'bloglint' has no attribute {name!r}")
