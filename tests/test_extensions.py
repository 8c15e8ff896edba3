"""Third parties add rules by a YAML file and kinds of check by an installed package."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from calls import Said

import bloglint
from bloglint.checks.registry import find_check
from bloglint.model import ConfigError

RULE = """
id: craft-shouting
reason: craft
check: {check}
scope: post
title: {{en: Shouting, de: Geschrei}}
why: {{en: Nobody likes it., de: Niemand mag das.}}
source: {{en: our style guide, de: unser Leitfaden}}
options: {{most: {{default: 0}}}}
severity: warning
message:
  loud: {{en: "{{count}} shouts, limit {{limit}}.", de: "{{count}} Rufe, Grenze {{limit}}."}}
advice: {{loud: {{en: Speak., de: Sprechen Sie.}}}}
examples: []
"""
PHRASES = """
id: craft-our-words
reason: craft
check: phrases
scope: post
title: {en: Our forbidden words, de: Unsere verbotenen Wörter}
why: {en: House style., de: Hausstil.}
source: {en: our style guide, de: unser Leitfaden}
options:
  allowed: {default: 0}
  words_each: {default: 100000}
  shown: {default: 5}
severity: error
message: {phrase: {en: "Say it otherwise: {phrase}.", de: "Anders sagen: {phrase}."}}
advice: {phrase: {en: See the guide., de: Siehe Leitfaden.}}
phrases: {words: {en: ["utili*"], de: ["beinhalt*"]}}
examples: []
"""
#: What an installed package is to Python: its files, and its entry points beside them.
PACKAGE = {
    "bloglint_shouting-1.dist-info/METADATA": "Name: bloglint-shouting\nVersion: 1\n",
    "bloglint_shouting-1.dist-info/entry_points.txt": """
[bloglint.checks]
shouting = bloglint_shouting:shouting
[bloglint.reporters]
counts = bloglint_shouting:counts
[bloglint.rules]
shouting-rules = bloglint_shouting
""",
    "bloglint_shouting/__init__.py": """
from bloglint.checks import Hit, Measure

import traceback

called = 0
frames = []


def shouting(document, options, context):
    global called, frames
    called += 1
    frames = [one.name for one in traceback.extract_stack() if "/bloglint/" in one.filename]
    if "breaks" in document.text:
        1 / 0
    count = document.text.count("!")
    yield Measure("shouts", count)
    if count > options["most"]:
        at = document.text.index("!")
        yield Hit("loud", count, options["most"], {"count": count}, at, at + 1)


def counts(report, language):
    found = [one for blog in report.blogs for one in blog.findings]
    own = [one for one in found if one.rule == "craft-our-words"]
    return f"{len(report.blogs)} blog, {len(own)} finding\\n"
""",
    "bloglint_shouting/shouting.yml": RULE.format(check="shouting"),
}
AS_OF = "--as-of=2026-06-10"
Call = Callable[..., Said]


def own_blog(folder: Path, rule: str, text: str) -> Path:
    (folder / "rules").mkdir()
    (folder / "rules" / "own.yml").write_text(rule, encoding="utf-8")
    (folder / "bloglint.yml").write_text("rules: [rules]\n", encoding="utf-8")
    (folder / "posts").mkdir()
    post = f"---\ntitle: One\ndate: 2026-06-01\nlang: en\n---\n\n{text}\n"
    (folder / "posts" / "one.md").write_text(post, encoding="utf-8")
    return folder / "posts"


def test_a_yaml_file_is_enough_for_a_rule_of_ones_own(tmp_path: Path) -> None:
    posts = own_blog(tmp_path, PHRASES, "We utilise the pump on every day of the week.")
    found = bloglint.check(posts, as_of="2026-06-10").blogs[0].findings
    own = next(f for f in found if f.rule == "craft-our-words")
    assert (own.quote, own.severity) == ("utilise", "error")
    assert own.place and (own.place.line, own.place.column) == (7, 4)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a package with a check, a reporter and a rule is installed."""
    site = tmp_path_factory.mktemp("site")
    for name, text in PACKAGE.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    return site


@pytest.fixture
def installed(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The package as an installed one, forgotten again behind the test."""
    monkeypatch.syspath_prepend(str(site))
    find_check.cache_clear()
    yield
    find_check.cache_clear()


@pytest.mark.usefixtures("installed")
def test_a_package_adds_a_check_whose_measures_are_reported(tmp_path: Path, call: Call) -> None:
    posts = own_blog(tmp_path, RULE.format(check="shouting"), "It runs! We are glad about it!")
    said = call("check", posts, AS_OF, "--format=json")
    assert "2 shouts, limit 0." in said.out and '"rule": "craft-shouting"' in said.out
    (post,) = json.loads(said.out)["blogs"][0]["posts"]
    assert post["measures"]["shouts"] == 2


@pytest.mark.usefixtures("installed")
def test_a_check_of_a_package_leaves_the_cache_in_use(tmp_path: Path, call: Call) -> None:
    posts = own_blog(tmp_path, RULE.format(check="shouting"), "It runs! We are glad about it!")
    first = call("check", posts, AS_OF, "--format=json")
    shouting = find_check("shouting").function.__globals__
    shouting["called"] = 0
    assert call("check", posts, AS_OF, "--format=json") == first
    assert shouting["called"] == 0
    call("check", posts, AS_OF, "--format=json", "--no-cache")
    assert shouting["called"] == 1


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("more", [(), ("--no-cache",)])
def test_the_way_to_a_check_is_short(tmp_path: Path, call: Call, more: tuple[str, ...]) -> None:
    posts = own_blog(tmp_path, RULE.format(check="shouting"), "It runs! We are glad about it!")
    call("check", posts, AS_OF, *more)
    frames = find_check("shouting").function.__globals__["frames"]
    # and `main` before it
    way = ["run", "check", "check_sources", "run", "lint", "lint", "_run_on_posts", "run"]
    assert frames[-len(way) :] == way


@pytest.mark.usefixtures("installed")
def test_a_check_that_fails_ends_the_run_and_is_named(tmp_path: Path, call: Call) -> None:
    posts = own_blog(tmp_path, RULE.format(check="shouting"), "It breaks.")
    said = call("check", posts, AS_OF)
    assert said.code == 2 and said.out == ""
    assert "craft-shouting" in said.err and "own.yml" in said.err
    assert "ZeroDivisionError" in said.err


@pytest.mark.usefixtures("installed")
def test_a_package_adds_a_format(tmp_path: Path, call: Call) -> None:
    posts = own_blog(tmp_path, PHRASES, "We utilise the pump on every day of the week.")
    said = call("check", posts, AS_OF, "--format=counts")
    assert (said.code, said.out) == (1, "1 blog, 1 finding\n")
    assert "count" in call("check", posts, "--format=count").err  # the nearest is suggested


@pytest.mark.usefixtures("installed")
def test_a_package_adds_rules(tmp_path: Path, call: Call) -> None:
    posts = own_blog(tmp_path, PHRASES, "It runs! We are glad about it!")
    (tmp_path / "bloglint.yml").write_text("rules: [shouting-rules]\n", encoding="utf-8")
    assert "2 shouts, limit 0." in call("check", posts, AS_OF).out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  shown:", "  showm: {default: 5}\n  shown:", "has no option 'showm'"),
        ("shown: {default: 5}", "shown: {default: five}", "Expected `int`"),
        ("shown: {default: 5}", "shown: {default: -1}", ">= 0"),
        ("allowed: {default: 0}", "allowed: {default: 0, strict: x}", "allowed"),
    ],
)
def test_options_that_do_not_fit_the_check_are_refused(
    tmp_path: Path, call: Call, old: str, new: str, said: str
) -> None:
    assert old in PHRASES
    posts = own_blog(tmp_path, PHRASES.replace(old, new), "We utilise it.")
    done = call("check", posts, AS_OF)
    assert done.code == 2 and said in done.err
    lines = PHRASES.replace(old, new).splitlines()
    first = next(n for n, line in enumerate(lines, 1) if line == "options:")
    at = next((n for n, line in enumerate(lines, 1) if new and new.split(":")[0] in line), first)
    assert f"own.yml:{at}" in done.err
    assert "shown" in done.err or "allowed" in done.err


def test_a_kind_that_nobody_offers_is_named() -> None:
    with pytest.raises(ConfigError, match="unknown kind of check 'shoutin'"):
        find_check("shoutin")


def test_an_option_that_a_check_needs_is_named(tmp_path: Path, call: Call) -> None:
    rule = (SHORT % BAD).replace("check: phrases", "check: empty")
    done = call("check", own_blog(tmp_path, rule, BAD), AS_OF)
    assert done.code == 2 and "needs the option 'fewest_words'" in done.err
    assert "options: fewest_words: {default: …}" in done.err


SHORT = """
id: craft-our-words
reason: craft
check: phrases
title: {de: Unsere verbotenen Wörter}
message: {phrase: {de: "Anders sagen: {phrase}."}}
advice: {phrase: {de: Siehe Leitfaden.}}
phrases: {words: {de: ["beinhalt*"]}}
examples:
  - {language: de, verdict: bad, text: "%s"}
"""
BAD = (
    "Der Kasten beinhaltet alles, was man braucht, um eine Pumpe in einer halben Stunde zu "
    "zerlegen und am selben Tag wieder in Betrieb zu nehmen."
)


def test_a_rule_may_be_short_and_in_one_language(tmp_path: Path, call: Call) -> None:
    posts = own_blog(tmp_path, SHORT % BAD, BAD)
    done = call("check", posts, AS_OF, "--format", "json", "--lang", "en")
    found = [
        f for f in json.loads(done.out)["blogs"][0]["findings"] if f["rule"] == "craft-our-words"
    ]
    assert [(f["message"], f["severity"]) for f in found] == [
        ("Anders sagen: beinhaltet.", "warning")
    ]
    page = call(
        "rule", "craft-our-words", "--config", tmp_path / "bloglint.yml", "--lang", "en"
    ).out
    assert "Unsere verbotenen Wörter" in page and "How often it is wrong" not in page


def test_validating_runs_the_examples_of_own_rules(tmp_path: Path, call: Call) -> None:
    own_blog(tmp_path, SHORT % BAD, BAD)
    config = ("config", "--validate", "--config", tmp_path / "bloglint.yml")
    assert call(*config).code == 0
    rule = next(
        path for path in tmp_path.rglob("*.yml") if "craft-our-words" in path.read_text("utf-8")
    )
    rule.write_text(SHORT % BAD.replace("beinhaltet", "hat"), "utf-8")
    done = call(*config)
    assert done.code == 2 and "example 1, which is called bad (Der Kasten hat" in done.err
    assert rule.name in done.err


def test_a_term_needs_a_word_to_write_instead(tmp_path: Path, call: Call) -> None:
    (tmp_path / "bloglint.yml").write_text("terms: {synergy: ''}\n", "utf-8")
    done = call("config", "--validate", "--config", tmp_path / "bloglint.yml")
    assert done.code == 2 and "instead of 'synergy'" in done.err


@pytest.mark.parametrize("page", ["own-rules.md", "own-rules.de.md"])
def test_the_rule_of_the_documentation_is_right(tmp_path: Path, call: Call, page: str) -> None:
    text = (Path(__file__).parents[1] / "docs" / page).read_text("utf-8")
    words, named, rule = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    folder = named.split("[")[1].split("]")[0]
    file = re.findall(rf"`({folder}/[\w-]+\.yml)`", text)[0]
    (tmp_path / folder).mkdir()
    (tmp_path / file).write_text(rule, "utf-8")
    (tmp_path / "bloglint.yml").write_text(words + named, "utf-8")
    done = call("config", "--validate", "--config", tmp_path / "bloglint.yml")
    assert done.code == 0, done.err
    assert rule.count("verdict: bad") == 1 == rule.count("verdict: good")


def test_a_message_that_names_what_there_is_not_is_told(tmp_path: Path, call: Call) -> None:
    rule = (SHORT % BAD).replace("{phrase}.", "{phrase} ({limt}).")
    posts = own_blog(tmp_path, rule, BAD)
    for command in (("config", "--validate", "--config", tmp_path / "bloglint.yml"),
                    ("check", posts, AS_OF)):  # fmt: skip
        done = call(*command)
        assert done.code == 2 and "a message of craft-our-words names what there is not" in done.err
        assert "{limit}" in done.err and "own.yml" in done.err, done.err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("check: phrases", "check: gap"), "judges more than one post"),
        (("check: phrases", "check: phrases\nscope: blog"), "judges a single post"),
        (("advice: {phrase:", "advice: {phrse:"), "advice is missing for phrase"),
        (("verdict: bad,", "verdict: bad, dates: [soon],"), "'soon', which is no day"),
        (('phrase: {de: "Anders', 'phrse: {de: "Anders'), "advice is missing for phrse"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_with_its_file(
    tmp_path: Path, call: Call, change: tuple[str, str], said: str
) -> None:
    assert change[0] in SHORT
    own_blog(tmp_path, (SHORT % BAD).replace(*change), BAD)
    done = call("config", "--validate", "--config", tmp_path / "bloglint.yml")
    assert done.code == 2 and said in done.err and "own.yml" in done.err, done.err


def test_examples_know_the_names_of_the_company(tmp_path: Path, call: Call) -> None:
    rule = (SHORT % BAD.replace("Der Kasten", "Nordvanta")).replace("beinhalt*", "@own beinhaltet")
    own_blog(tmp_path, rule, BAD)
    (tmp_path / "bloglint.yml").write_text("rules: [rules]\nnames: [Nordvanta]\n", "utf-8")
    done = call("config", "--validate", "--config", tmp_path / "bloglint.yml")
    assert done.code == 0, done.err
