"""Where this bloglint came from, and so what pip has to install elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from bloglint import __version__

#: The folder of a repository for a wheel that no index has.
TOOLS = "tools"


class Package(NamedTuple):
    """What to write behind ``pip install``; and, of a local copy, the folder it was built from."""

    requirement: str
    copy: str | None = None


def package() -> Package:
    """Return this package: a version on the index, a commit, or a wheel to be made of a copy.

    Pip notes where a package came from in ``direct_url.json`` (PEP 610), unless it was an index.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        noted = distribution("bloglint").read_text("direct_url.json")
    except PackageNotFoundError:
        noted = None
    if not noted:
        return Package(f"bloglint=={__version__}")
    origin = json.loads(noted)
    url, commit = str(origin.get("url", "")), origin.get("vcs_info", {})
    if commit:
        inner = origin.get("subdirectory")
        more = f"#subdirectory={inner}" if inner else ""
        return Package(f"bloglint @ {commit['vcs']}+{url}@{commit['commit_id']}{more}")
    if not url.startswith("file:"):
        return Package(f"bloglint @ {url}")
    from urllib.request import url2pathname

    place = Path(url2pathname(url.removeprefix("file:").removeprefix("//")))
    name = place.name if place.suffix == ".whl" else f"bloglint-{__version__}-py3-none-any.whl"
    return Package(f"{TOOLS}/{name}", str(place))
