"""A report by mail, to a real server on this machine; a mail that fails loses nothing."""

import email
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from calls import Said

from history.blogs import bodies, write_blog, write_post

Call = Callable[..., Said]
DAY = date(2026, 6, 1)


class Post(NamedTuple):
    """A mail as it arrived: to whom, and what."""

    to: list[str]
    mail: EmailMessage


class Box:
    """What arrived, and whom the server refuses."""

    def __init__(self, *, always_tls: bool) -> None:
        self.always_tls = always_tls
        self.posts: list[Post] = []
        self.users: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, to: str, _: Any) -> str:  # noqa: N802
        if to.startswith("nobody"):
            return "550 no such user"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        assert self.always_tls or session.ssl is not None, "nothing is sent in the open"
        mail = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.posts.append(Post(envelope.rcpt_tos, mail))
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, how: str, data: Any) -> Any:
        self.users.append((data.login, data.password))
        return AuthResult(success=data.password == b"s3cret-word", handled=False)


@pytest.fixture(params=["starttls", "tls"])
def box(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Box]:
    """A mail server with TLS; the environment names it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    box = Box(always_tls=request.param == "tls")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kinds: dict[str, dict[str, Any]] = {
        "starttls": {"tls_context": context, "require_starttls": True},
        "tls": {"ssl_context": context, "auth_require_tls": False},
    }
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=port,
        authenticator=box.authenticate,
        **kinds[str(request.param)],
    )
    controller.start()
    for name, value in {
        "HOST": "localhost", "PORT": str(port), "SECURITY": str(request.param), "USER": "ada",
        "PASSWORD": "s3cret-word", "FROM": "reports@blog.example",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"BLOGLINT_SMTP_{name}", value)
    yield box
    controller.stop()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_mail_can_be_read_everywhere(
    tmp_path: Path, call: Call, box: Box, language: str
) -> None:
    blog = write_blog(tmp_path / "Bücher & Co", DAY, language=language)
    day = DAY + timedelta(days=20)
    to = ("--mail-to", "ada@blog.example", "--mail-to", "bo@blog.example")
    done = call("report", blog, "--as-of", day, *to, "--lang", language)
    assert done.code == 0, done.err
    ((receivers, mail),) = box.posts
    assert receivers == ["ada@blog.example", "bo@blog.example"]
    assert box.users == [(b"ada", b"s3cret-word")]
    assert mail["From"] == "reports@blog.example" and "Bücher & Co" in mail["Subject"]
    text = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert text is not None and html is not None
    said = "20 days without a post" if language == "en" else "20 Tagen"
    assert said in " ".join(text.get_content().split())
    page = html.get_content()
    assert "Bücher &amp; Co" in page and f'lang="{language}"' in page
    assert "<style" not in page and "<script" not in page and "src=" not in page
    (whole,) = mail.iter_attachments()
    assert whole.get_filename() == f"bloglint-{day}.html"
    assert "<svg" in whole.get_content()
    for one in (done.out, done.err, page, text.get_content()):
        assert "s3cret-word" not in one


def test_only_changes_sends_only_changes(tmp_path: Path, call: Call, box: Box) -> None:
    blog = write_blog(tmp_path / "blog", DAY)

    def report(day: date) -> int:
        to = ("--mail-to", "ada@blog.example", "--only-changes")
        assert call("report", blog, "--as-of", day, *to).code == 0
        return len(box.posts)

    assert report(DAY) == 1  # the first one is news
    assert report(DAY + timedelta(days=3)) == 1
    write_post(blog, "new", DAY + timedelta(days=4), bodies("healthy-en")[14])
    assert report(DAY + timedelta(days=5)) == 2
    assert report(DAY + timedelta(days=6)) == 2
    assert report(DAY + timedelta(days=30)) == 3  # silence


def kept(done: Said) -> Path:
    (line,) = (one for one in done.err.splitlines() if "the report lies in " in one)
    return Path(line.partition("lies in ")[2])


@pytest.mark.parametrize("box", ["starttls"], indirect=True)
def test_a_refused_mail_is_kept_as_a_file(tmp_path: Path, call: Call, box: Box) -> None:
    blog = write_blog(tmp_path / "blog", DAY)
    to = ("--mail-to", "nobody@blog.example")
    done = call("report", blog, "--as-of", DAY, *to, "--lang", "en", cwd=tmp_path)
    assert done.code == 4 and "refused nobody@blog.example" in done.err
    assert kept(done).read_text("utf-8").startswith("<!doctype html>") and "of 100" in done.out


@pytest.mark.parametrize("box", ["starttls"], indirect=True)
def test_a_wrong_password_is_told_and_never_shown(
    tmp_path: Path, call: Call, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOGLINT_SMTP_PASSWORD", "wr0ng-word")
    blog = write_blog(tmp_path / "blog", DAY)
    done = call(
        "report", blog, "--as-of", DAY, "--mail-to", "a@b.example", "--lang", "en", cwd=tmp_path
    )
    assert done.code == 4 and "user or password" in done.err and not box.posts
    assert "wr0ng-word" not in done.err + done.out and kept(done).is_file()


def test_a_server_that_hangs_or_is_gone_is_told(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bloglint.history.mail.PATIENCE", 0.5)
    silent = socket.create_server(("127.0.0.1", 0))
    open_ones: list[object] = []
    thread = threading.Thread(target=lambda: open_ones.append(silent.accept()), daemon=True)
    thread.start()
    blog = write_blog(tmp_path / "blog", DAY)
    monkeypatch.setenv("BLOGLINT_SMTP_HOST", "127.0.0.1")
    for port, said in ((silent.getsockname()[1], "no answer within"), (1, "no connection")):
        monkeypatch.setenv("BLOGLINT_SMTP_PORT", str(port))
        done = call(
            "report", blog, "--as-of", DAY, "--mail-to", "a@b.example", "--lang", "en", cwd=tmp_path
        )
        assert done.code == 4 and said in done.err and kept(done).is_file()
    silent.close()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "BLOGLINT_SMTP_HOST"),
        ({"HOST": "mail.example", "SECURITY": "none"}, "not sent by 'none'"),
        ({"HOST": "mail.example", "SECURITY": "ssl3"}, "not sent by 'ssl3'"),
        ({"HOST": "mail.example", "PORT": "smtp"}, "no port"),
        ({"HOST": "mail.example", "PORT": "70000"}, "no port"),
        ({"HOST": "mail.example", "FROM": "nobody"}, "BLOGLINT_SMTP_FROM"),
    ],
)
def test_a_wrong_server_is_refused_before_anything_is_judged(
    tmp_path: Path,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    said: str,
) -> None:
    for name in [name for name in os.environ if name.startswith("BLOGLINT_SMTP")]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(f"BLOGLINT_SMTP_{name}", value)
    done = call("report", write_blog(tmp_path / "b", DAY), "--mail-to", "a@b.example")
    assert done.code == 2 and said in done.err and done.out == ""


@pytest.mark.parametrize(
    "address", ["nobody", "a@b.example\nBcc: c@d.example", "@", "a b@c.example"]
)
def test_a_wrong_address_is_refused_before_anything_is_judged(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("BLOGLINT_SMTP_HOST", "127.0.0.1")
    done = call("report", write_blog(tmp_path / "b", DAY), "--mail-to", address)
    assert done.code == 2 and "no address" in done.err and done.out == ""


def test_each_owner_gets_their_blogs(tmp_path: Path, call: Call, box: Box) -> None:
    for name in ("one", "two", "three"):
        write_blog(tmp_path / name, DAY)
    (tmp_path / "list.yml").write_text(
        "owners: {Ada: ada@blog.example, Bo: bo@blog.example}\nblogs:\n"
        "- {feed: one, name: One, owner: Ada}\n- {feed: two, name: Two, owner: Bo}\n"
        "- {feed: three, name: Three, owner: Cleo}\n",
        "utf-8",
    )
    done = call("report", tmp_path / "list.yml", "--as-of", DAY, "--mail-owners")
    assert done.code == 0 and "Cleo has no address" in done.err
    assert [post.to for post in box.posts] == [["ada@blog.example"], ["bo@blog.example"]]
    for post, own, other in zip(box.posts, ("One", "Two"), ("Two", "One"), strict=True):
        text = post.mail.get_body(("plain",))
        assert text is not None
        assert own in text.get_content() and other not in text.get_content()
