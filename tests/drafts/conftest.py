"""A blog in a repository of Git, and the program as a user calls it there."""

import shutil
import subprocess
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_OF = "--as-of=2026-06-30"

ADVERT = {
    "en": """---
title: "Our award-winning Flow pump is the best choice for you"
author: Joan Miller
---

We are proud to present our unique, award-winning Flow pump, the leading solution on the market.
Nobody offers more quality than we do.

Our innovative pump is the best choice for every customer. Thanks to its revolutionary technology
you save money from day one. Buy now and benefit from our exclusive offer! Our customers love us:
"The best pump we ever had," says Jane Doe of Acme.

We are the market leader, certified and awarded the seal of excellence. Contact our sales team today
and secure your personal advantage. Our world-class service team is always there for you, and our
unbeatable prices speak for themselves. Choose the number one!
""",
    "de": """---
title: "Unsere preisgekrönte Pumpe Flow: die beste Wahl für Sie"
author: Jörg Müßig
---

Wir sind stolz, Ihnen unsere einzigartige, preisgekrönte Pumpe Flow zu präsentieren, die führende
Lösung am Markt. Niemand bietet mehr Qualität als wir.

Unsere innovative Pumpe ist die beste Wahl für jeden Kunden. Dank ihrer revolutionären Technologie
sparen Sie vom ersten Tag an bares Geld. Bestellen Sie jetzt und profitieren Sie von unserem
exklusiven Angebot! Unsere Kunden sind begeistert: „Die beste Pumpe, die wir je hatten“, sagt Jana
Doe von Acme.

Wir sind Marktführer, zertifiziert und mit dem Gütesiegel für Exzellenz ausgezeichnet. Kontaktieren
Sie noch heute unser Vertriebsteam und sichern Sie sich Ihren persönlichen Vorteil. Unser
erstklassiges Serviceteam ist jederzeit für Sie da, und unsere unschlagbaren Preise sprechen für
sich. Wählen Sie die Nummer eins!
""",
}


def git(folder: Path, *words: str) -> str:
    own = ["-c", "user.name=Ada", "-c", "user.email=ada@blog.example", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", *own, "-c", "protocol.file.allow=always", "-C", str(folder), *words],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def commit(folder: Path, message: str = "more") -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def repository(tmp_path: Path, language: str) -> Path:
    """A healthy blog on the branch main, and the branch draft checked out."""
    folder = tmp_path / "site"
    shutil.copytree(EXAMPLES / f"healthy-{language}" / "posts", folder / "content" / "posts")
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    commit(folder, "blog")
    git(folder, "checkout", "-q", "-b", "draft")
    return folder
