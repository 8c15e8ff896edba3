"""Lists of blogs: OPML as exported by feed readers, and portfolios in YAML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bloglint.model import BlogEntry, SourceError, replace
from bloglint.sources import ReadContext, is_address
from bloglint.sources.opml import is_opml, listed_blogs
from bloglint.sources.portfolio import is_portfolio, read_portfolio
from bloglint.web.addresses import plain

#: A blog, whether the user named it (false for blogs in a list from the web), and the error in its
#: entry, if any.
Entry = tuple[BlogEntry, bool, SourceError | None]


def blogs_of(sources: Iterable[str], reading: ReadContext) -> list[Entry]:
    """All blogs named by ``sources``, in order; a list is replaced by the blogs in it.

    A blog named more than once appears once, with the groups and tags of all its entries.

    Raises:
        ConfigError: a portfolio contains an invalid key or value.
    """
    return [entry for source in sources for entry in _once(_listed_in(source, reading))]


def _listed_in(source: str, reading: ReadContext) -> Iterator[Entry]:
    if source != "-" and is_portfolio(source):
        for listing in read_portfolio(source):
            yield listing, True, None
        return
    try:
        if source == "-" or not is_opml(source):
            yield BlogEntry(source), True, None
            return
        for listing, wrong in listed_blogs(source, reading):
            yield listing, not is_address(source), wrong
    except SourceError as error:
        yield BlogEntry(source), True, error


def _once(entries: Iterable[Entry]) -> Iterator[Entry]:
    found: dict[str, Entry] = {}
    for listing, by_user, wrong in entries:
        key = plain(listing.source)
        if key not in found:
            found[key] = listing, by_user, wrong
            continue
        first = found[key][0]
        both = replace(
            first,
            groups=tuple(dict.fromkeys((*first.groups, *listing.groups))),
            tags=tuple(dict.fromkeys((*first.tags, *listing.tags))),
        )
        found[key] = both, *found[key][1:]
    yield from found.values()
