"""Pictures that a generator's own syntax shows: shortcodes, template tags, components."""

from __future__ import annotations

import re

from bloglint.lazy import lazy

#: Names of what shows a picture: figure, img, responsive-image, BlogImage, Screenshot.
_NAME = r"[\w./-]*(?:fig(?:ure)?|im(?:g|ages?)|pic(?:ture)?|photo|bild|screenshot)[\w./-]*"
_VALUE = r"""(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}|[^\s"'<>{}%,]+)"""
#: Hugo's ``{{< figure … >}}``, Liquid's ``{% image … %}`` and ``{% include image.html … %}``.
_SHORTCODE = lazy(
    rf"\{{\{{[<%]\s*{_NAME}\s(?P<hugo>[^{{}}]{{1,800}}?)/?\s*[>%]\}}\}}"
    r"|\{%-?\s*(?:(?:include|render|include_relative|component)\s+)?[\"']?"
    rf"{_NAME}[\"']?,?\s(?P<liquid>[^%]{{1,800}}?)-?%\}}",
    re.IGNORECASE,
)
#: A component of MDX: a tag whose name has capital and small letters.
COMPONENT = lazy(
    r"(?<![\w`.])<(?P<name>[A-Z](?=[\w.]*[a-z])[\w.]*)"
    rf"(?P<values>(?:\s+(?:[\w:@-]+(?:\s*=\s*{_VALUE})?|\{{\.\.\.[^{{}}]*\}}))*+)\s*/?>"
    r"|</[A-Z](?=[\w.]*[a-z])[\w.]*\s*>"
)
_PAIR = lazy(rf"(?<![\w:-])([\w:-]+)\s*[=:]\s*({_VALUE})")
_FILE = lazy(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp)\b", re.IGNORECASE)
_SOURCES = ("src", "file", "url", "path", "image", "image_path", "image_url", "source", "img")
_TEXTS = ("alt", "caption", "title", "description", "text")


def with_pictures(text: str) -> str:
    """``text`` with the pictures of shortcodes in Markdown; its length stays as it is."""
    if "{{" in text or "{%" in text:
        text = _SHORTCODE.sub(lambda m: _as_markdown(m[0], m["hugo"] or m["liquid"]), text)
    return text


def component(found: re.Match[str]) -> str | None:
    """A component that shows a picture in Markdown, of the same length; None for any other."""
    if not found["name"] or not re.fullmatch(_NAME, found["name"], re.IGNORECASE):
        return None
    image = _as_markdown(found[0], found["values"])
    return image if image != found[0] else None


def _as_markdown(whole: str, said: str) -> str:
    pairs = {key.lower(): value.strip("\"'{} \n") for key, value in _PAIR.findall(said)}
    words = [word.strip("\"'") for word in re.findall(_VALUE, _PAIR.sub(" ", said))]
    source = next((pairs[key] for key in _SOURCES if pairs.get(key)), "")
    source = source or next((w for w in words if _FILE.search(w)), words[0] if words else "")
    alt = next((pairs[key] for key in _TEXTS if pairs.get(key)), "")
    alt = alt or next((word for word in words if word != source and " " in word), "")
    source, alt = re.sub(r"[<>\n]", "", source), re.sub(r"[\[\]\n<>`*_\\]", " ", alt).strip()
    room = len(whole) - len(f"![](<{source}>)")
    if not source or room < 0:
        return whole
    return f"![{alt[:room]}](<{source}>)".ljust(len(whole))
