"""What a feed withholds from every reader's program, not only from this one."""

from __future__ import annotations

from collections.abc import Iterator

from bloglint.model import Blog, Text

FEWEST_POSTS = 10
#: Programs on phones read a feed every hour; 5 MB each time is what some give up at.
MAX_BYTES = 5_000_000


def about_feed(feed: Blog, size: int, *, completed: bool = False) -> Iterator[Text]:
    """What is wrong with a feed of ``size`` bytes, each with what to do about it.

    ``completed`` is whether the posts' own pages are read for what the feed leaves out.
    """
    posts = [*feed.posts, *feed.undated]
    count = len(posts)
    if count < FEWEST_POSTS:
        yield Text(
            f"the feed lists only {_posts(count)}: who comes by once a month misses some; list at "
            f"least {FEWEST_POSTS}",
            f"der Feed enthält nur {_beitraege(count)}: wer einmal im Monat liest, verpasst "
            f"welche; mindestens {FEWEST_POSTS} aufnehmen",
        )
    if not count:
        return
    if not any(post.authors for post in posts):
        yield Text(
            "the feed names no author: add dc:creator (RSS) or author (Atom, JSON), readers follow "
            "people",
            "der Feed nennt keine Autoren: dc:creator (RSS) oder author (Atom, JSON) ergänzen, "
            "gelesen werden Menschen",
        )
    if not feed.posts:
        yield Text(
            "the feed has no dates: add pubDate (RSS) or published (Atom), or readers' programs "
            "cannot sort it",
            "der Feed hat keine Datumsangaben: pubDate (RSS) oder published (Atom) ergänzen, sonst "
            "kann kein Leseprogramm ihn sortieren",
        )
    if completed and not any(post.complete for post in posts):
        yield Text(
            "the feed holds only summaries: put the whole text into content:encoded",
            "der Feed enthält nur Anreißer: den ganzen Text in content:encoded stellen",
        )
    elif not any(post.complete for post in posts):
        yield Text(
            "the feed holds only summaries: their length, tone and structure are not judged; put "
            "the whole text into content:encoded, or check with --full-text",
            "der Feed enthält nur Anreißer: Länge, Ton und Aufbau sind nicht beurteilt; den ganzen "
            "Text in content:encoded stellen, oder mit --full-text prüfen",
        )
    if size > MAX_BYTES:
        megabytes = f"{size / 1_000_000:.1f}"
        yield Text(
            f"the feed is {megabytes} MB: more than many programs load; list fewer posts",
            f"der Feed hat {megabytes.replace('.', ',')} MB: mehr, als viele Programme laden; "
            "weniger Beiträge aufnehmen",
        )


def _posts(count: int) -> str:
    return "one post" if count == 1 else f"{count} posts"


def _beitraege(count: int) -> str:
    return "einen Beitrag" if count == 1 else f"{count} Beiträge"
