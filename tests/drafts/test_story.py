"""From the first day to a baseline that shrinks, as a team lives it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calls import Said

from bloglint.drafts.baseline import NAME, Baseline
from drafts.conftest import ADVERT, AS_OF, EXAMPLES, commit, git

Call = Callable[..., Said]
GOOD = {
    "en": """---
title: Why our route planning failed on market days
author: Joan Miller
---

On three Saturdays in May our drivers stood in front of closed streets. The planning knew the road
works, but not the weekly markets: nobody had ever entered them, because they come and go.

I rode along for a day. In one village the stalls stood until two, in the next one until noon, and
the bakery on the square opens its own gate for anybody who asks. None of this is on a map.

So we asked the drivers to note what they see, for two weeks, on paper. Forty notes came back. A
third of them were wrong by the next week; the rest saved us about six minutes a tour.

What we got wrong: we first wanted to buy the data. There is none. Which obstacles does your
planning not know, and who in your company could tell you?
""",
    "de": """---
title: Warum unsere Tourenplanung an Markttagen scheiterte
author: Jörg Müßig
---

An drei Samstagen im Mai standen unsere Fahrer vor gesperrten Straßen. Die Planung kannte die
Baustellen, aber nicht die Wochenmärkte: Niemand hatte sie eingetragen, weil sie kommen und gehen.

Ich bin einen Tag mitgefahren. In einem Dorf standen die Buden bis zwei, im nächsten bis Mittag, und
die Bäckerei am Platz öffnet ihr Tor für jeden, der fragt. Nichts davon steht auf einer Karte.

Also baten wir die Fahrer, zwei Wochen lang auf Papier zu notieren, was sie sehen. Vierzig Zettel
kamen zurück. Ein Drittel davon stimmte eine Woche später nicht mehr; der Rest brachte uns etwa
sechs Minuten je Tour.

Was wir falsch gemacht haben: Erst wollten wir die Daten kaufen. Es gibt keine. Welche Hindernisse
kennt Ihre Planung nicht, und wer bei Ihnen wüsste davon?
""",
}
REASON = {"en": "the fair's own words", "de": "Worte der Messe"}


@pytest.fixture
def site(tmp_path: Path, language: str) -> Path:
    folder = tmp_path / "site"
    shutil.copytree(EXAMPLES / f"failing-{language}" / "posts", folder / "content" / "posts")
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    commit(folder, "a blog of years")
    return folder


def test_a_team_adopts_it_on_an_old_blog(call: Call, site: Path, language: str) -> None:
    def pull_request(*more: str) -> tuple[int, Any]:
        args = ("--changed=main", AS_OF, "--format=json", f"--lang={language}", *more)
        said = call("check", *args, cwd=site)
        return said.code, json.loads(said.out)["blogs"][0]

    # The first day: a configuration, and what is there already is known from now on.
    assert call("init", "--github", AS_OF, cwd=site).code == 0
    assert call("check", AS_OF, cwd=site).code == 1
    assert call("check", AS_OF, "--write-baseline", cwd=site).code == 0
    commit(site, "bloglint")
    assert call("check", AS_OF, cwd=site).code == 0
    known = len(Baseline.read(site / NAME).entries)

    # A clean pull request passes, and makes the blog better.
    git(site, "checkout", "-q", "-b", "draft")
    draft = site / "content" / "posts" / "markets.md"
    draft.write_text(GOOD[language], encoding="utf-8")
    commit(site)
    code, blog = pull_request()
    assert code == 0, blog["findings"]
    assert blog["effect"]["after"]["score"] > blog["effect"]["before"]["score"]
    assert any("70" in said for said in blog["effect"]["said"])  # the silence that ends

    # An advert fails, at its line, with what it does to the blog.
    draft.write_text(ADVERT[language], encoding="utf-8")
    commit(site)
    code, blog = pull_request()
    assert code == 1
    error = next(f for f in blog["findings"] if f["severity"] == "error")
    assert (error["rule"], error["path"]) == ("advertorial-tone", "content/posts/markets.md")
    start, end = error["line"] - 1, error["end_line"]
    lines = ADVERT[language].split("\n")[start:end]
    lines[-1] = lines[-1][: error["end_column"] - 1]
    assert "\n".join(lines)[error["column"] - 1 :] == error["quote"]
    counted = {
        "en": "of the last 10 read as advertising (limit 2)",
        "de": "der letzten 10 lesen sich wie Werbung (Grenze 2)",
    }
    assert any(said.endswith(counted[language]) for said in blog["effect"]["said"])

    # Mended, it passes; suppressed with a reason, it passes too and is listed.
    draft.write_text(GOOD[language], encoding="utf-8")
    commit(site)
    assert pull_request()[0] == 0
    head, front, body = ADVERT[language].split("---\n")
    off = "".join(f", {rule}: {REASON[language]}" for rule in ("advertorial", "recycling", "topic"))
    front += f"bloglint: {{disable: {{{off[2:]}}}}}\n"
    draft.write_text("---\n".join((head, front, body)), encoding="utf-8")
    commit(site)
    code, blog = pull_request()
    assert code == 0, blog["findings"]
    listed = {one["rule"]: one["suppressed"] for one in blog["suppressed_findings"]}
    assert listed["advertorial-tone"] == REASON[language]
    said = call("check", "--changed=main", AS_OF, "--show-suppressed", cwd=site)
    assert REASON[language] in said.out

    # An old post goes: the baseline shrinks, and never grows by itself.
    draft.unlink()
    old = sorted((site / "content" / "posts").glob("*.md"))[0]
    old.unlink()
    commit(site)
    assert call("check", AS_OF, "--prune-baseline", cwd=site).code == 0
    left = Baseline.read(site / NAME).entries
    assert len(left) < known and old.name not in {entry.post for entry in left}
