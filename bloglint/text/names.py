"""The names a company uses for itself and its products, as far as its blog reveals them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bloglint.lazy import lazy
from bloglint.model import Blog
from bloglint.text.dates import MONTHS
from bloglint.text.document import Document
from bloglint.text.grammar import NAME, grammar_of, is_judged, judged_languages, pattern_of

#: A name in the middle of a sentence: capitalised after a lower-case word.
_NAME = lazy(NAME)
#: A name followed by a legal form: "Brunn GmbH", "Brunn Pumps plc". Lengths are bounded, so that a
#: word of a thousand hyphens is not read from each of them to its end.
_COMPANY = lazy(
    r"\b([A-ZÄÖÜ][\w-]{2,80})(?: [A-ZÄÖÜ][\w-]{1,80})? "
    r"(?:AG|GmbH|SE|KG|KGaA|OHG|eG|plc|PLC|Inc|Ltd|Limited|LLC|Corp|Corporation|Group|B\.V\.|S\.A\.)(?![\w-])"
)
_GENERIC = frozenset(
    "blog the der die das and und our unser news posts weblog engineering developer developers "
    "corporate company unternehmensblog team journal magazin magazine for von of".split()
)
_MOST = 8
#: The fewest letters of a name that is looked for without its marks, and the most words of a title.
_SHORTEST_NAME, _TITLE_WORDS = 4, 3
_MONTHS = frozenset(MONTHS)


#: A capitalised word after an article or an adjective-like word is a noun rather than a name.
_AFTER_ARTICLE = lazy(
    r"\b(?:[Tt]he|[Aa]n?|[Dd](?:er|ie|as|en|em|es)|[Ee]in(?:e|en|em|er|es)?|[Kk]eine?[nmrs]?|"
    r"[Ii]m|[Aa]m|[Zz]um|[Zz]ur|[Vv]om|[Bb]eim|[Ii]ns|\w+(?:e|en|er|es|em)) ([A-ZÄÖÜ][\w-]{2,80})"
)
_AFTER_PREPOSITION = lazy(
    r"\b(?:at|from|with|by|to|via|using|like|bei|von|mit|für|durch|über|nutzt|nutzen) "
    r"([A-ZÄÖÜ][\w-]{2,80})"
)


def own_names(blog: Blog, documents: Sequence[Document]) -> tuple[str, ...]:
    """Return up to eight names of the company, as its posts show them; configured ones come on top.

    Counted as names are:

    - words of the blog's title and the name of its host that the posts use as names;
    - the title or the host as a whole, however a fifth of the posts write it ("cloud.gov" for
      ``cloudgov``, "Let's Encrypt" for ``letsencrypt``);
    - the one name after a preposition such as "at" or "with" that at least five posts use more than
      once in two posts on average, mostly without an article, unless an author or a month is called
      so;
    - a name that precedes a legal form somewhere and occurs in more than half of at least three
      posts.
    """
    words = [
        part
        for word in re.findall(r"[\w-]{3,}", blog.title)
        for part in dict.fromkeys((word, *word.split("-")))
        if len(part) > 2 and part.lower() not in _GENERIC
    ]
    used: Counter[str] = Counter()
    companies: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    articles: Counter[str] | None = None  # counted only if a name gets that far
    for document in documents:
        text = document.prose_text
        used.update({name.lower() for name in _NAME.findall(text)})
        companies.update(set(_COMPANY.findall(text)))
        bare.update(set(_AFTER_PREPOSITION.findall(text)))
    least = max(1, len(documents) // 10)
    found = [w for w in words if used[w.lower()] >= least]
    host = _host(blog.url)
    spelled = _spelled_out(blog.title, documents) or _spelled_out(host, documents)
    found = [*spelled, *found]
    authors = {w.lower() for p in blog.posts for a in p.authors for w in re.findall(r"[\w-]+", a)}
    for name, _ in sorted(bare.items(), key=lambda item: (-item[1], item[0])):
        low = name.lower()
        if host and low in (host, *host.split("-")) and used[low] >= least:
            found.append(name)
        elif (
            low not in authors
            and not _is_grammar(low)
            and len(documents) >= 5
            and low not in _MONTHS
            and 2 * used[low] > len(documents)
        ):
            if articles is None:
                articles = _after_articles(documents)
            if articles[name] * 5 <= used[low]:
                found.append(name)
                break
    found += [
        name
        for name, _ in companies.most_common()
        if name.lower() not in _GENERIC
        and 2 * sum(name in document.text for document in documents) > len(documents) > 2
    ]
    names: dict[str, str] = {}
    for name in found:
        names.setdefault(name.lower(), name)
    return tuple(names.values())[:_MOST]


def _after_articles(documents: Sequence[Document]) -> Counter[str]:
    """Count the documents in which each capitalised word follows an article."""
    texts = (document.prose_text for document in documents)
    return Counter(name for text in texts for name in set(_AFTER_ARTICLE.findall(text)))


def _spelled_out(name: str, documents: Sequence[Document]) -> list[str]:
    """Return how the posts usually write a name that stands without marks in an address."""
    letters = re.sub(r"[\W_]", "", name.lower())
    if len(letters) < _SHORTEST_NAME or letters in _GENERIC or len(name.split()) > _TITLE_WORDS:
        return []
    joined = r"[ .'’-]?".join(map(re.escape, letters))
    for plain, umlaut in (("a[ .'’-]?e", "ä"), ("o[ .'’-]?e", "ö"), ("u[ .'’-]?e", "ü")):
        joined = joined.replace(plain, f"(?:{plain}|{umlaut})")
    pattern = re.compile(rf"(?<![\w./@-]){joined}(?![\w/@-])", re.IGNORECASE)
    forms: Counter[str] = Counter()
    using = 0
    for document in documents:
        written = Counter(match.replace("’", "'") for match in pattern.findall(document.prose_text))
        forms.update(written)
        using += bool(written)
    if not forms or using * 5 < len(documents):
        return []
    usual: dict[str, str] = {}
    for form, count in forms.most_common():
        if count * 5 >= forms.total():
            usual.setdefault(form.lower(), form)
    return list(usual.values())


def _is_grammar(word: str) -> bool:
    """Whether a lower-case word belongs to grammar, as pronouns do, in one of the languages."""
    return any(
        word in grammar.grammar_words or pattern_of(language, "you").fullmatch(word)
        for language in judged_languages()
        if (grammar := grammar_of(language))
    )


def is_about_others(text: str, language: str | None, own: Sequence[str]) -> bool:
    """Whether a sentence names somebody and mentions neither the company nor its reader."""
    if language is None or not is_judged(language) or pattern_of(language, "self").search(text):
        return False
    low = text.lower()
    if any(name.lower() in low for name in own):
        return False
    return bool(pattern_of(language, "others").search(text) or _COMPANY.search(text))


def _host(url: str | None) -> str:
    """Return the distinctive label of a URL: ``acme`` of ``https://blog.acme.co.uk/``."""
    host = re.match(r"(?:\w+://)?([^/:?#]+)", url or "")
    labels = host.group(1).lower().split(".") if host else []
    known = {"www", "blog", "blogs", "news", "com", "org", "net", "co", "github", "gitlab", "io"}
    telling = [label for label in labels[:-1] if label not in known and len(label) > 2]
    return telling[-1] if telling else ""
