"""What a company calls itself and its products, as far as its blog tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bloglint.text.document import Document

#: A name in the middle of a sentence: capitalised after a lower-case word.
_NAME = re.compile(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][\w-]{2,}")
#: A name before a company's legal form: "Brunn GmbH", "Brunn Pumps plc".
_COMPANY = re.compile(
    r"\b([A-ZÄÖÜ][\w-]{2,})(?: [A-ZÄÖÜ][\w-]+)? "
    r"(?:AG|GmbH|SE|KG|KGaA|OHG|eG|plc|PLC|Inc|Ltd|Limited|LLC|Corp|Corporation|Group|B\.V\.|S\.A\.)(?![\w-])"
)
_GENERIC = frozenset(
    "blog the der die das and und our unser news posts weblog engineering developer developers "
    "corporate company unternehmensblog team journal magazin magazine for von of".split()
)
_MOST = 8


def own_names(title: str, documents: Sequence[Document]) -> tuple[str, ...]:
    """Words of the blog's title that its posts use as names, and companies named in many posts.

    A company's name counts where it stands before a legal form somewhere and in half of the posts.
    """
    words = [w for w in re.findall(r"[\w-]{3,}", title) if w.lower() not in _GENERIC]
    used: Counter[str] = Counter()
    companies: Counter[str] = Counter()
    for document in documents:
        used.update({name.lower() for name in _NAME.findall(document.prose_text)})
        companies.update(set(_COMPANY.findall(document.prose_text)))
    least = max(1, len(documents) // 10)
    found = [w for w in words if used[w.lower()] >= least]
    found += [
        name
        for name, _ in companies.most_common()
        if 2 * sum(name in document.text for document in documents) > len(documents) > 2
    ]
    return tuple(dict.fromkeys(found))[:_MOST]
