"""The audit of an archive, the plan to the next grade, and visits."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from calls import Said

from bloglint.archive.audit import CLAIMS, audit
from bloglint.archive.similar import Subject, competing, repeats, weigh
from bloglint.checks.registry import find_check
from bloglint.engine.linter import Linter, lint_blog
from bloglint.engine.settings import LintSettings
from bloglint.model import Blog, ConfigError, Post, replace, say
from bloglint.model.audit import Audit
from bloglint.rules import load_rules
from bloglint.sources.traffic import clean_path, read_visits

ROOT = Path(__file__).parent.parent
RULES = load_rules()
CLAIM_OPTIONS = find_check("claims").options_from(RULES[CLAIMS].options_at("standard"))
AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)
TALE = (
    "On day {n} we took pump {n} apart in the hall and wrote down what was in it: sand, a screw "
    "from the lid, and the rest of seal {n}, which had gone hard over the winter. "
)
GUIDE = (
    "To replace the seal of a pump you need two keys, a new seal and some grease. Close both "
    "valves, let the water out, and undo the eight screws of the cover crosswise. Clean the seat "
    "of the seal with a cloth, never with a blade, and press the new seal in evenly. "
)


ANLEITUNG = (
    "Wer die Dichtung einer Pumpe wechseln will, braucht zwei Schlüssel, eine neue Dichtung und "
    "etwas Fett. Man schließt beide Ventile, lässt das Wasser ab und löst die acht Schrauben des "
    "Deckels über Kreuz. Den Sitz reinigt man mit einem Tuch, nie mit einer Klinge. "
)


def post(
    name: str, text: str, age: int, title: str = "", language: str = "en", **more: object
) -> Post:
    published = AS_OF - timedelta(days=age)
    heading = title or f"Pump {name}"
    fields = {"url": f"https://blog.example/{name}", "language": language, **more}
    return Post(name, heading, text, published=published, **fields)  # type: ignore[arg-type]


def audited(*posts: Post, visits: dict[str, int] | None = None) -> Audit:
    ordered = tuple(sorted(posts, key=lambda one: str(one.published), reverse=True))
    return audit(Blog("x", posts=ordered), CLAIM_OPTIONS, AS_OF, visits)


def decided(found: Audit) -> dict[str, str]:
    return {one.id: one.decision for one in found.posts}


def filler(count: int = 6) -> list[Post]:
    return [
        post(f"f{n}", TALE.format(n=n) * 6, 100 + n, f"What {w} found in the hall")
        for n, w in enumerate(["Anna", "Bob", "Cleo", "Dora", "Emil", "Fritz"][:count])
    ]


def test_a_short_old_post_that_nobody_links_to_is_cut_and_a_linked_one_is_kept() -> None:
    link = "See [the note](https://blog.example/linked). " + TALE.format(n=9) * 3
    found = audited(
        post("short", "We were at the fair. It was nice.", 900, "The fair in Melldorf"),
        post("linked", "We were in Bolsena. It was warm.", 900, "Some days in Bolsena"),
        post("new", "We are at a fair.", 20, "Another fair"),
        post("linking", link, 50, "A look back"),
        *filler(),
    )
    what = decided(found)
    assert (what["short"], what["linked"], what["new"]) == ("cut", "keep", "keep")
    assert next(one for one in found.posts if one.id == "linked").links_in == 1


def test_an_announcement_is_cut_when_its_day_has_passed() -> None:
    text = "Register for the open day until 3 May 2024 and you get a seal for nothing. " * 5
    found = audited(post("day", text, 800, "Open day at the works"), *filler())
    (one,) = (p for p in found.posts if p.id == "day")
    assert one.decision == "cut"
    assert "3 May 2024" in one.reasons[0].texts["en"] or "day" in str(one.reasons[0])


def test_a_post_that_repeats_a_newer_one_is_cut() -> None:
    found = audited(
        post("old", GUIDE * 2 + TALE.format(n=3), 900, "Seals in spring"),
        post("new", GUIDE * 2 + TALE.format(n=3) + "Now with pictures.", 100, "Seals in autumn"),
        *filler(),
    )
    (old,) = (p for p in found.posts if p.id == "old")
    assert old.decision == "cut" and old.partner == "Seals in autumn"
    assert decided(found)["new"] == "keep"


def test_posts_on_one_question_are_merged_and_the_passage_to_keep_is_named() -> None:
    own = (
        "On pumps of the series from before 1990 the cover has a left-hand thread, and whoever "
        "forgets that breaks two bolts; the blacksmith in Melldorf still makes them for nine euros."
    )
    other = GUIDE.replace("Close both", "First of all close both").replace("evenly", "slowly")
    found = audited(
        post("weak", f"{other}\n\n{own}", 900, "How to replace the seal of a pump"),
        post("strong", f"{GUIDE}\n\nGrease the screws before they go back in.", 100,
             "Replace a pump seal: how we do it"),
        *filler(),
    )  # fmt: skip
    (weak,) = (p for p in found.posts if p.id == "weak")
    if weak.decision == "merge":
        assert weak.partner_place == "https://blog.example/strong"
        assert weak.passage.startswith("On pumps of the series")
    else:  # so near that most of it is in the other
        assert (weak.decision, weak.partner) == ("cut", "Replace a pump seal: how we do it")


def test_a_series_does_not_compete() -> None:
    texts = [TALE.format(n=n) * 5 for n in range(6)]
    subjects = [
        Subject.of(_document(post(str(n), text, n, f"Release notes {n} for pump control")))
        for n, text in enumerate(texts)
    ]
    weigh(subjects)
    assert competing(subjects, range(6)) == [] and repeats(subjects[:1]) == {}


def _document(one: Post):  # type: ignore[no-untyped-def]
    from bloglint.text.document import Document

    return Document(one, "en")


def test_age_and_links_alone_are_no_reason_to_change_a_post() -> None:
    links = [
        post(f"l{n}", f"As [the guide](https://blog.example/guide) says. {TALE.format(n=n) * 4}",
             40 + n, f"Notes of {w}")
        for n, w in enumerate(["Anna", "Bob", "Cleo"])
    ]  # fmt: skip
    found = audited(post("guide", GUIDE * 6, 1200, "How to seal a pump"), *links, *filler())
    (guide,) = (p for p in found.posts if p.id == "guide")
    assert guide.decision == "keep"
    assert str(guide.reasons[0]).startswith("3 years old, and 3 posts link to it: see whether")
    assert decided(found)["l0"] == "keep"


@pytest.mark.parametrize(
    ("language", "promise", "decision"),
    [
        ("en", "A film of it is coming soon.", "update"),
        ("en", "Metric threads are not yet supported.", "update"),
        ("en", "You will see soon enough.", "keep"),
        ("de", "Der Film dazu erscheint demnächst auf dieser Seite.", "update"),
        ("de", "Die zweite Fassung ist aktuell noch nicht verfügbar.", "update"),
        ("de", "Das Prinzip in Kürze: Druck ablassen, Deckel auf, Dichtung raus.", "keep"),
    ],
)
def test_what_was_promised_long_ago_is_a_reason(language: str, promise: str, decision: str) -> None:
    guide = GUIDE if language == "en" else ANLEITUNG
    old = post("guide", f"{guide * 3}\n\n{promise}", 300, "Dichtung wechseln", language)
    tale = TALE.format(n=55) * 4
    new = post("new", f"{tale}\n\n{promise}", 20, "Pumpe warten", language)
    found = audited(old, new, *filler())
    (told,) = (p for p in found.posts if p.id == "guide")
    assert told.decision == decision
    assert decision == "keep" or promise in str(told.reasons[0])
    assert decided(found)["new"] == "keep"


@pytest.mark.parametrize(
    ("title", "text", "decision"),
    [
        ("Besucht uns auf dem Markt am 01.-02.06.2024", "Wir haben Kuchen dabei.", "cut"),
        ("Wartungsankündigung: Umzug am 09.03.2024", "Zwei Pumpen stehen still.", "cut"),
        ("Rückblick: Besucht uns am 01.06.2024", "So war es am 1. Juni 2024.", "keep"),
        ("Version 1.06.2024 der Steuerung", "Wartung am 9. März 2024.", "keep"),
        ("Save the date: Pumpentag", "Am 1. Juni 2024 zeigen wir alles.", "cut"),
        ("Vorausschauende Wartung", "Ab dem 1. Juni 2024 gilt die neue Norm.", "keep"),
        ("Offline arbeiten: eine Anleitung", "Am 1. Juni 2024 ändert sich etwas.", "keep"),
    ],
)
def test_what_a_title_announces_is_over_after_its_day(title: str, text: str, decision: str) -> None:
    day = datetime(2024, 2, 20, tzinfo=UTC)
    long = post("day", f"{text} {ANLEITUNG * 12}", 0, title, "de")
    found = audited(replace(long, published=day), *filler())
    assert decided(found)["day"] == decision


def test_lessons_of_one_course_repeat_nothing_and_own_links_are_kept() -> None:
    course = [post(f"l{n}", GUIDE * 3, 900 - n, f"Learn pumps, lesson {w}")
              for n, w in enumerate(["one", "two"])]  # fmt: skip
    assert set(decided(audited(*course, *filler())).values()) == {"keep"}
    more = (
        "We filmed the cover, the seat, the keys, the grease, the bolts, the hose, the lid, the "
        "wheel, the belt, the oil, the rag, the bench and the hall of it."
    )
    link = f" See [the film](https://film.example/7). {more}"
    pair = [
        post("old", GUIDE + TALE.format(n=3) + link, 900, "Seals in spring"),
        post("new", GUIDE + TALE.format(n=3), 100, "Seals in autumn"),
    ]
    (old,) = (p for p in audited(*pair, *filler()).posts if p.id == "old")
    assert old.decision == "keep"


def test_what_was_left_out_is_counted() -> None:
    from bloglint.reporters.audit import write_html, write_terminal

    blog = Blog("x", posts=tuple(filler()), left_out={"draft": 2})
    found = audit(blog, CLAIM_OPTIONS, AS_OF, None)
    for said in (write_terminal(found, "en"), write_html(found, "en")):
        assert "Left out: draft (2)." in said


def test_much_visited_posts_come_first() -> None:
    texts = (TALE.format(n=77) * 9, GUIDE * 6)
    guides = [post(f"g{n}", text, 1200 + n, f"Guide {w}")
              for n, (text, w) in enumerate(zip(texts, ["one", "two"], strict=True))]  # fmt: skip
    found = audited(*guides, *filler(), visits={"/g1": 900, "/g0": 3})
    (first,) = (p for p in found.posts if p.id == "g1")
    assert (first.visits, first.decision) == (900, "keep") and found.posts[0] is first
    assert "one of the most read: see whether" in str(first.reasons[0])


@pytest.mark.parametrize(
    ("text", "path", "count"),
    [
        ('Page,Visits\n/a/,"1,234"\n', "/a", 1234),
        ("Seite;Besuche\n/a/index.html;1.234\n", "/a", 1234),
        ("# exported\nTop pages\tClicks\tImpressions\nhttps://x.example/A/?q=1\t7\t99\n", "/a", 7),
        ("url,visitors,pageviews\n/a,3,9\n/a/,4,9\n", "/a", 7),
    ],
)
def test_visits_are_read_from_every_export(
    tmp_path: Path, text: str, path: str, count: int
) -> None:
    file = tmp_path / "visits.csv"
    file.write_text(text, "utf-8")
    assert read_visits(file) == {path: count}


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "Page,Visits\nnothing,3\n"])
def test_a_file_without_visits_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "visits.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError):
        read_visits(file)


def test_addresses_are_compared_by_their_path() -> None:
    assert clean_path("https://x.example/Blog/Post/?a=1#b") == "/blog/post"
    assert clean_path("/blog/index.html") == "/blog" and clean_path("/") == "/"
    assert clean_path("https://[broken") == "https://[broken"


def test_the_audit_is_written_in_every_format(call: Callable[..., Said], tmp_path: Path) -> None:
    source = str(ROOT / "examples/failing-en/posts")
    files = {name: tmp_path / f"a.{name}" for name in ("csv", "html", "json", "xlsx")}
    asked = ["audit", source, "--as-of", "2026-06-30", "--isolated", "--format", "terminal"]
    result = call(*asked, *(x for n, f in files.items() for x in ("--format", f"{n}={f}")))
    assert result.code == 0, result.err
    whole = json.loads(files["json"].read_text("utf-8"))
    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text("utf-8"))))
    assert len(rows) == len(whole["posts"]) == sum(whole["counts"].values()) == 21
    assert rows[0]["decision"] == whole["posts"][0]["decision"] == "cut"
    assert "Audit: " in files["html"].read_text("utf-8")
    assert files["xlsx"].read_bytes()[:2] == b"PK" and "2 to cut" in result.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["audit", "nowhere-at-all"], 3, "no such file or folder"),
        (["audit", ".", "--format", "pdf"], 2, "no format"),
        (["audit", ".", "--format", "xlsx"], 2, "needs a file"),
        (["audit", ".", "--traffic", "nowhere.csv"], 2, "no such file"),
        (["plan", "nowhere-at-all"], 3, "no such file or folder"),
        (["plan", str(ROOT / "README.md")], 2, "not for one post"),
    ],
)
def test_a_wrong_call_is_told(
    call: Callable[..., Said], arguments: list[str], code: int, said: str
) -> None:
    result = call(*arguments)
    assert result.code == code and said in result.err


def blog_of(days: list[int], author: str = "Ann") -> Blog:
    posts = [
        Post(f"p{n}", f"What we found in pump {n}", TALE.format(n=n) * 6, language="en",
             published=AS_OF - timedelta(days=day), authors=(author if n % 2 else "Bob",))
        for n, day in enumerate(days)
    ]  # fmt: skip
    return Blog("x", posts=tuple(posts))


def planned(blog: Blog):  # type: ignore[no-untyped-def]
    from bloglint.config import Config

    settings = LintSettings(Config(), AS_OF, AS_OF)
    snapshot = settings.snapshot("x", blog)
    return Linter(settings, RULES, None).plan(snapshot)  # type: ignore[arg-type]


def test_a_plan_is_what_judging_the_blog_as_if_gives() -> None:
    blog = blog_of([40, 75, 110, 150, 190, 230, 270, 310, 350])
    plan = planned(blog)
    posts = [step for step in plan.steps if step.kind == "post"]
    assert plan.is_reached and posts and plan.after[1] < plan.grade
    assert plan.idle[0] < plan.after[0]
    assert {step.author for step in posts} <= {"Ann", "Bob"}
    assert posts[0].author == "Ann"  # Bob wrote the newest post
    more = [
        Post(f"n{n}", "Later", TALE.format(n=90 + n) * 6, language="en",
             published=datetime(step.day.year, step.day.month, step.day.day, 12, tzinfo=UTC))
        for n, step in enumerate(posts)
    ]  # fmt: skip
    later = Blog("x", posts=tuple(sorted((*blog.posts, *more), key=lambda p: str(p.published),
                                         reverse=True)))  # fmt: skip
    verdict = lint_blog(later, RULES, as_of=AS_OF + timedelta(days=56))
    assert verdict.grade is not None and verdict.grade <= plan.goal
    assert abs((verdict.score or 0) - plan.after[0]) < 6


def test_fewer_posts_than_planned_do_not_reach_the_goal() -> None:
    blog = blog_of([40, 75, 110, 150, 190, 230, 270, 310, 350])
    from bloglint.engine import plan as module

    plan = planned(blog)
    count = sum(step.kind == "post" for step in plan.steps)
    assert 0 < count <= module.MOST_POSTS
    few = blog_of([40, 75, 110, 150, 190, 230, 270, 310, 350])
    verdict = lint_blog(few, RULES, as_of=AS_OF + timedelta(days=56))
    assert verdict.grade is not None and verdict.grade > plan.goal


def test_planned_posts_count_and_are_named() -> None:
    blog = blog_of([40, 75, 110, 150, 190, 230, 270, 310, 350])
    day = AS_OF + timedelta(days=9)
    ahead = Post("later", "On valves", "A text.", published=day, authors=("Cleo",), language="en")
    plan, without = planned(replace(blog, planned=(ahead,))), planned(blog)
    (step,) = [one for one in plan.steps if one.kind == "planned"]
    assert (step.day, step.author, step.post) == (day.date(), "Cleo", "later")
    assert "“On valves” appears, as planned" in say(step.text, "en")
    assert plan.idle[0] > without.idle[0]
    assert sum(s.kind == "post" for s in plan.steps) <= sum(s.kind == "post" for s in without.steps)


def test_new_posts_fall_on_days_that_are_due_and_name_a_subject_that_rests() -> None:
    tags = {7: ("Seals",), 6: ("seals", "Ann"), 8: ("Seals",), 0: ("Ann",), 1: ("Ann",)}
    days = [40, 75, 110, 150, 190, 230, 270, 310, 350]
    blog = blog_of(days)
    posts = [replace(post, tags=tags.get(n, ())) for n, post in enumerate(blog.posts)]
    plan = planned(replace(blog, posts=tuple(posts)))
    new = [step for step in plan.steps if step.kind == "post"]
    last = (AS_OF - timedelta(days=270)).date()
    assert [step.subject for step in new] == ["Seals", *[""] * (len(new) - 1)]
    assert "such as on “Seals” (last on " in say(new[0].text, "en") and str(last.year) in say(
        new[0].text, "en"
    )
    verdict = lint_blog(blog, RULES, as_of=AS_OF)
    due = verdict.measures_of("frequency")["due_dates"]
    first = (AS_OF + timedelta(days=2)).date()
    assert {step.day for step in new} <= {max(first, date.fromisoformat(day)) for day in due}


def test_a_plan_is_a_box_of_the_page_and_part_of_the_json(
    call: Callable[..., Said], tmp_path: Path
) -> None:
    page, whole = tmp_path / "page.html", tmp_path / "whole.json"
    asked = [str(ROOT / "examples/failing-de/posts"), "--as-of", "2026-06-30", "--isolated"]
    call("check", *asked, "--plan", "--lang", "de", "--fail-on", "never",
         "--format", f"html={page}", "--format", f"json={whole}")  # fmt: skip
    alone = json.loads(call("plan", *asked, "--format", "json", "--lang", "de").out)
    told = json.loads(whole.read_text("utf-8"))["blogs"][0]["plan"]
    assert told["steps"] and told == {name: alone[name] for name in told}
    text = page.read_text("utf-8")
    assert "Was dafür nötig wäre" in text and told["steps"][0]["author"] in text
    call("check", *asked, "--fail-on", "never", "--format", f"json={whole}")
    assert json.loads(whole.read_text("utf-8"))["blogs"][0]["plan"] is None


def test_a_blog_without_a_grade_has_no_plan() -> None:
    with pytest.raises(ConfigError):
        planned(blog_of([10]))


def test_the_plan_is_printed_and_written_as_json(call: Callable[..., Said]) -> None:
    asked = ["plan", str(ROOT / "examples/failing-de/posts"), "--as-of", "2026-06-30", "--isolated"]
    said = call(*asked, "--lang", "de").out
    assert "Die wenigsten Schritte zur Bewertung D" in said and "Wenn nichts geschieht" in said
    whole = json.loads(call(*asked, "--format", "json").out)
    assert whole["goal"] == "D" and len(whole["steps"]) == said.count("Einen eigenen, nützlichen")


def test_findings_come_by_readership(call: Callable[..., Said], tmp_path: Path) -> None:
    for name, fault in (("quiet", "the the the the pump pump"), ("read", "a a pump of of ours")):
        text = (
            f"---\ntitle: The {name} one\ndate: 2026-06-1{len(name)}\n---\nWe took {fault} apart."
        )
        (tmp_path / f"{name}.md").write_text(text + " " + TALE.format(n=1) * 9, "utf-8")
    visits = tmp_path / "visits.csv"
    visits.write_text("Page,Visits\n/blog/read/,500\n/blog/quiet/,3\n", "utf-8")
    asked = ["check", tmp_path, "--as-of", "2026-06-30", "--isolated", "--format", "concise",
             "--select", "bloat-unedited"]  # fmt: skip
    first = call(*asked).out.splitlines()[0]
    assert "quiet.md" in first
    by_visits = call(*asked, "--traffic", visits)
    assert "read.md" in by_visits.out.splitlines()[0]
    said = call(*asked[:-4], "--traffic", visits).out
    assert "most read with work to do: “The read one” (500 visits), “The quiet one” (3 visits)" in (
        " ".join(said.split())
    )


def test_an_invitation_whose_day_has_passed_is_cut_even_within_a_year() -> None:
    day = AS_OF - timedelta(days=100)

    def decided(title: str, text: str, language: str = "en") -> tuple[str, str]:
        one = Post("a", title, text, published=day, language=language)
        found = audit(Blog("x", posts=(one,)), CLAIM_OPTIONS, AS_OF).posts[0]
        return found.decision, say(found.reasons[0], "en")

    held = f"{day + timedelta(days=9):%d %B %Y}"
    assert decided("An evening on pumps", f"Join us on {held} in hall 3.")[0] == "cut"
    assert decided("Pumpenabend", f"Wir laden Sie herzlich für den {day:%d.%m.%Y} ein.", "de") == (
        "cut", f"an invitation or announcement whose day has passed ({day.day} {day:%B %Y})",
    )  # fmt: skip
    report = f"On {held} we met in hall 3. Join us next time."
    assert decided("An evening on pumps", report)[0] == "keep"
    assert decided("Pump 2.1 released", f"Join us on {held} in hall 3.")[0] == "keep"
    coming = f"{AS_OF + timedelta(days=20):%d %B %Y}"
    assert decided("An evening on pumps", f"Join us on {coming} in hall 3.")[0] == "keep"


def test_a_version_is_no_day_in_english() -> None:
    text = "Register the driver before 7.4. of the kernel is out. " + TALE.format(n=1) * 6
    old = Post("a", "On drivers", text, published=AS_OF - timedelta(days=900), language="en")
    assert audit(Blog("x", posts=(old,)), CLAIM_OPTIONS, AS_OF).posts[0].decision != "cut"


def test_links_count_whatever_stands_between_the_words_of_an_address() -> None:
    posts = [
        Post("a", "Your server is no pet", TALE.format(n=1) * 9, path="_posts/your_server.md"),
        *(
            Post(f"b{n}", f"Post {n}", f"{TALE.format(n=n)} [it]({url})")
            for n, url in enumerate(("/blog/your-server", "/blog/your-server-is-no-pet/"), 2)
        ),
    ]
    dated = tuple(replace(one, published=AS_OF, language="en") for one in posts)
    found = {one.id: one for one in audit(Blog("x", posts=dated), CLAIM_OPTIONS, AS_OF).posts}
    assert found["a"].links_in == 2


def test_a_post_without_a_date_is_said_to_have_none() -> None:
    one = Post("a", "On pumps", TALE.format(n=1) * 9, language="en")
    found = audit(Blog("x", posts=(one,)), CLAIM_OPTIONS, AS_OF).posts[0]
    assert "without a date" in say(found.reasons[0], "en")


def test_pictures_are_no_links_of_a_posts_own() -> None:
    def made(name: str, age: int, cover: str, more: str) -> Post:
        place = f"https://cdn.example/{cover}"
        source = f"---\ncover: {place}\n---\n![x]({place}) {more}"
        one = post(name, source, age, f"Seals in {name}")
        return replace(one, body_start=source.index("---\n!") + 4)

    text = GUIDE + TALE.format(n=3)
    old, new = (
        made("spring", 900, "a.jpg", f"{text} Sand, screws, keys."),
        made("autumn", 90, "b.jpg", text),
    )
    assert decided(audited(old, new, *filler()))["spring"] == "cut"


@pytest.mark.parametrize(
    "link",
    ["[it]({% post_url 2024-01-02-why-seals-leak %})", "[it]({% link _posts/why-seals-leak.md %})",
     '<a href="{% post_url 2024-01-02-why-seals-leak %}">it</a>', "[it](/why-seals-leak/)"],
)  # fmt: skip
def test_jekylls_links_count(link: str) -> None:
    target = Post("t", "On leaks", TALE.format(n=1), path="_posts/2024-01-02-why-seals-leak.md")
    other = Post(
        "o", "More", f"{TALE.format(n=2)} {link}", path="_posts/more.md", markup="markdown"
    )
    found = audit(Blog("x", posts=(target, other)), CLAIM_OPTIONS, AS_OF).posts
    assert {one.id: one.links_in for one in found} == {"t": 1, "o": 0}
