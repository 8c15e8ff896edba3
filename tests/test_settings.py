"""Settings that scale: files that differ, house terms, configurations that others go on from."""

import hashlib
import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from calls import Said

from bloglint.api import check_sources
from bloglint.config import Config, PerFile, load
from bloglint.globs import matches
from bloglint.model import ConfigError, Verdict
from bloglint.running.options import RunOptions
from bloglint.scaffold.schemas import NAMES, json_schema

POST = "---\ntitle: {}\ndate: 2026-06-{:02}\n---\n\n{}\n"
TEXT = "We took the pump apart on Monday. The wheel was worn, and we measured it twice. "


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = tmp_path / "posts"
    folder.mkdir()
    for n in range(1, 9):
        (folder / f"p{n}.md").write_text(POST.format(f"Pump {n}", n, TEXT * n), "utf-8")
    return folder


def judged(blog: Path) -> Verdict:
    return check_sources([str(blog)], load(blog), RunOptions(as_of="2026-06-30")).blogs[0]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*-links.md", "/a/b/x-links.md", True),
        ("*-links.md", "/a/b/x-links.md.bak", False),
        ("drafts/", "/a/drafts/x.md", True),
        ("/a/*.md", "/a/b/x.md", False),
        ("/a/**/*.md", "/a/b/c/x.md", True),
        ("/a/**/*.md", "/a/x.md", True),
        ("/a/b", "/a/b/c/x.md", True),
        ("/a/b", "/a/bc/x.md", False),
        ("x?.md", "/a/x1.md", True),
        ("a.b", "/aXb", False),
    ],
)
def test_patterns_fit_names_and_paths(pattern: str, path: str, fits: bool) -> None:
    assert matches(path, (pattern,)) is fits


def test_excluded_files_are_no_posts_and_are_counted(blog: Path) -> None:
    (blog.parent / "bloglint.yml").write_text("exclude: ['p1.*', posts/p2.md]", "utf-8")
    verdict = judged(blog)
    assert {post.title for post in verdict.posts} == {f"Pump {n}" for n in range(3, 9)}
    assert verdict.left_out == {"excluded": 2}


def test_a_file_may_have_limits_of_its_own_and_rules_that_do_not_count(blog: Path) -> None:
    (blog / "p8.md").write_text(POST.format("Pump 8", 8, "the the\n\n" + "word " * 2500), "utf-8")
    (blog / "p7.md").write_text(POST.format("Pump 7", 7, "the the\n\n" + "term " * 2500), "utf-8")

    def told() -> set[tuple[str, str | None]]:
        rules = ("bloat-length", "bloat-unedited")
        return {(f.rule, f.title) for f in judged(blog).findings if f.rule in rules}

    before = told()
    assert {("bloat-length", "Pump 7"), ("bloat-length", "Pump 8")} <= before
    assert {("bloat-unedited", "Pump 7"), ("bloat-unedited", "Pump 8")} <= before
    own = {
        "posts/p8.md": {"ignore": ["bloat-unedited"],
                        "options": {"bloat-length": {"max_words": 5000, "unusual_words": 5000}}},
    }  # fmt: skip
    (blog.parent / "bloglint.yml").write_text(yaml.safe_dump({"per_file": own}), "utf-8")
    after = told()
    assert before - after == {("bloat-length", "Pump 8"), ("bloat-unedited", "Pump 8")}
    verdict = judged(blog)
    assert {f.rule for f in verdict.suppressed_findings} == {"bloat-unedited"}
    assert not [f for f in verdict.findings if "suppress" in f.rule]


def test_settings_for_files_name_what_there_is(blog: Path) -> None:
    for text, said in (
        ("per_file: {x.md: {ignore: [blaot]}}", "blaot"),
        ("per_file: {x.md: {options: {bloat-length: {max_word: 3}}}}", "max_word"),
        ("per_file: {x.md: {ignored: []}}", "ignored"),
    ):
        (blog.parent / "bloglint.yml").write_text(text, "utf-8")
        with pytest.raises(ConfigError, match=said):
            judged(blog)


def test_house_terms_need_no_rule_of_their_own(blog: Path) -> None:
    text = "Our Github web site. “The web site,” said Ada. See `web site` and https://web-site.x."
    (blog / "p8.md").write_text(POST.format("The web site", 8, TEXT + text), "utf-8")
    terms = {"terms": {"web site": "website", "github": "GitHub"}}
    (blog.parent / "bloglint.yml").write_text(yaml.safe_dump(terms), "utf-8")
    found = [f for f in judged(blog).findings if f.rule == "craft-terms"]
    assert [(f.quote, f.place.line if f.place else None) for f in found] == [
        ("web site", 2), ("Github", 6), ("web site", 6),
    ]  # fmt: skip
    assert all(f.severity == "warning" and "GitHub" in str(found[1].message) for f in found)


def test_a_configuration_goes_on_from_others(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    base = "ignore: [craft-jargon]\nprofile: strict\nnames: [Acme]\npress: [news]\n"
    base += "options: {bloat-length: {max_words: 900, short_words: 50}}\n"
    (tmp_path / "house" / "base.yml").write_text(base, "utf-8")
    own = "extends: [house/base.yml]\nignore: [dialogue]\nprofile: starter\n"
    own += "options: {bloat-length: {max_words: 1200}}\n"
    (tmp_path / "bloglint.yml").write_text(own, "utf-8")
    config = load(tmp_path).config
    assert config.ignore == ["craft-jargon", "dialogue"] and config.profile == "starter"
    assert config.options == {"bloat-length": {"max_words": 1200, "short_words": 50}}
    assert config.names == ["Acme"] and Path(config.press[0]) == tmp_path / "house" / "news"


def test_configurations_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bloglint.yml").write_text("extends: [other.yml]", "utf-8")
    (tmp_path / "other.yml").write_text("extends: [bloglint.yml]", "utf-8")
    with pytest.raises(ConfigError, match="extend each other"):
        load(tmp_path)
    (tmp_path / "other.yml").unlink()
    with pytest.raises(ConfigError, match="neither a file nor an installed package"):
        load(tmp_path)


def test_an_address_has_to_give_what_was_agreed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOGLINT_CACHE", str(tmp_path / "cache"))
    content = b"profile: strict\n"
    digest = hashlib.sha256(content).hexdigest()
    file = tmp_path / "bloglint.yml"
    file.write_text("extends: ['https://house.example/base.yml']", "utf-8")
    with pytest.raises(ConfigError, match="without the hash"):
        load(tmp_path)
    kept = tmp_path / "cache" / "extends" / f"{digest}.yml"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(content)
    file.write_text(f"extends: ['https://house.example/base.yml#sha256={digest}']", "utf-8")
    assert load(tmp_path).config.profile == "strict"

    class Answer:
        content = b"profile: starter\n"

    kept.write_bytes(b"tampered: true\n")
    monkeypatch.setattr("bloglint.web.Web.get", lambda self, address: Answer)
    with pytest.raises(ConfigError, match="something else than expected"):
        load(tmp_path)
    Answer.content = content
    assert load(tmp_path).config.profile == "strict" and kept.read_bytes() == content


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_that_are_shipped_are_those_of_the_code(name: str) -> None:
    """``bloglint config --schema NAME > bloglint/schemas/NAME-1.json`` makes them anew."""
    schema = json_schema(name)  # type: ignore[arg-type]
    shipped = (files("bloglint") / "schemas" / f"{name}-1.json").read_text("utf-8")
    assert json.loads(shipped) == schema
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_schemas_take_what_is_read_and_refuse_what_is_not() -> None:
    config = jsonschema.Draft202012Validator(json_schema("config"))
    own = {"ignore": ["bloat", "our-rule"], "per_file": {"x": {"ignore": ["craft"]}}, "$schema": ""}
    assert config.is_valid(own) and not config.is_valid({"ignored": []})
    rule = jsonschema.Draft202012Validator(json_schema("rule"))
    for path in sorted((Path(__file__).parents[1] / "rules").glob("*/*.yml")):
        values = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))
        assert [error.message for error in rule.iter_errors(values)] == []
    portfolio = jsonschema.Draft202012Validator(json_schema("portfolio"))
    assert portfolio.is_valid({"blogs": [{"feed": "https://blog.example/feed.xml"}]})
    assert not portfolio.is_valid({"blogs": [{"fed": "x"}]})


def test_per_file_is_part_of_the_settings() -> None:
    assert Config(per_file={"x": PerFile(ignore=["craft"])}).per_file["x"].options == {}


def test_each_value_is_told_with_the_files_that_it_comes_from(
    tmp_path: Path, call: Callable[..., Said]
) -> None:
    base = "names: [Nord]\nwords: {allow: [leading zeros]}\nfail_on: warning\n"
    own = "extends: [house.yml]\nnames: [Acme]\nwords: {allow: [second to none]}\n"
    (tmp_path / "house.yml").write_text(base, "utf-8")
    (tmp_path / "bloglint.yml").write_text(own, "utf-8")
    said = call("config", cwd=tmp_path).out
    both = f"{tmp_path / 'house.yml'}, {tmp_path / 'bloglint.yml'}"
    origins = dict(re.findall(r"^(\w+):.*# (.*)$", said, re.MULTILINE))
    assert origins["names"] == origins["words"] == both
    assert origins["fail_on"] == str(tmp_path / "house.yml")
    assert "- leading zeros\n  - second to none" in said and origins["profile"] == "default"


def test_a_term_is_no_pattern(tmp_path: Path, call: Callable[..., Said]) -> None:
    (tmp_path / "bloglint.yml").write_text("terms: {'web site*': website}", "utf-8")
    done = call("config", "--validate", cwd=tmp_path)
    assert done.code == 2 and "no pattern: 'web site*'. List each form" in done.err


def test_configurations_are_added_at_every_level(tmp_path: Path) -> None:
    base = "words: {add: {advertorial-superlative: [a1]}}\n"
    base += "per_file: {'*.md': {ignore: [dialogue], options: {bloat-length: {max_words: 100}}}}\n"
    own = "extends: [base.yml]\nwords: {add: {advertorial-superlative: [b1]}}\n"
    own += "per_file: {'a-*.md': {options: {bloat-length: {max_words: 9000}}}}\n"
    (tmp_path / "base.yml").write_text(base, "utf-8")
    (tmp_path / "bloglint.yml").write_text(own, "utf-8")
    config = load(tmp_path).config
    assert config.words.add == {"advertorial-superlative": ["a1", "b1"]}
    assert list(config.per_file) == ["a-*.md", "*.md"]  # the first that fits counts


def test_the_order_of_patterns_is_part_of_the_cache_key(tmp_path: Path) -> None:
    post = POST.format("A", 1, TEXT * 60)
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a-links.md").write_text(post, "utf-8")
    few, many = (
        "{options: {bloat-length: {max_words: 100, edited_words: 100}}}",
        ("{options: {bloat-length: {max_words: 9000, edited_words: 9000}}}"),
    )
    orders = (f"'*-links.md': {few}, 'a-*.md': {many}", f"'a-*.md': {many}, '*-links.md': {few}")
    found = []
    for order in orders:
        (tmp_path / "bloglint.yml").write_text(f"per_file: {{{order}}}\n", "utf-8")
        options = RunOptions(as_of="2026-06-30", cache=tmp_path / "cache")
        verdict = check_sources([str(tmp_path / "posts")], load(tmp_path), options).blogs[0]
        found.append(sum(one.rule == "bloat-length" for one in verdict.findings))
    assert found == [1, 0]
