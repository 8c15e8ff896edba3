"""Small blogs for the tests of the periodic report, made of the examples' posts."""

from datetime import date, timedelta
from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
POST = """---
title: {title}
date: {day}
author: {author}
---

{body}
"""
#: Posts of the failing examples that read as advertising.
ADVERTS = {
    "en": (
        "start-the-new-year",
        "a-partner-you-can",
        "quality-you-can",
        "your-logistics-your",
        "stays-on-course",
    ),
    "de": ("fahrzeug-und", "erfolgreichsten-jahr", "ausgezeichnete-q", "die-fuehrende", "reimers"),
}


def bodies(example: str) -> list[str]:
    """The texts of an example's posts, newest first."""
    files = sorted((EXAMPLES / example / "posts").glob("*.md"), reverse=True)
    return [file.read_text("utf-8").split("---", 2)[2].strip() for file in files]


def adverts(language: str) -> list[str]:
    """Five texts that read as advertising."""
    folder = EXAMPLES / f"failing-{language}" / "posts"
    files = [next(folder.glob(f"*{name}*")) for name in ADVERTS[language]]
    return [file.read_text("utf-8").split("---", 2)[2].strip() for file in files]


def write_post(folder: Path, name: str, day: date, text: str, **more: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    values = {"title": f"Pump {name}", "author": "Eva Lau", **more}
    path = folder / f"{name}.md"
    path.write_text(POST.format(day=day, body=text, **values), "utf-8")
    return path


def write_blog(folder: Path, until: date, posts: int = 12, language: str = "en") -> Path:
    """A healthy blog with a post every ten days, by two authors, the last on the day ``until``."""
    for n, text in enumerate(bodies(f"healthy-{language}")[:posts]):
        author = "Eva Lau" if n % 2 else "Jo Brandt"
        write_post(folder, f"p{n:02}", until - timedelta(days=10 * n), text, author=author)
    return folder
