"""bloglint: the linter for the editorial health of corporate blogs."""

TYPE_CHECKING = False  # typing itself would cost `--version` as much as Python's start
if TYPE_CHECKING:
    from bloglint.api import check

__version__ = "0.1.0"
__all__ = ["__version__", "check"]


def __getattr__(name: str) -> object:
    """``bloglint.check``, imported when it is first used: ``--version`` needs none of it."""
    if name == "check":
        from bloglint.api import check

        return check
    raise AttributeError(f"module 'bloglint' has no attribute {name!r}")
