"""Whether two names likely mean the same institution, mailbox or person: keys to file them under, for conflicts of interest.

A key that two have in common makes a conflict likely, never certain: somebody decides. So the rules rather find too much.
Nothing here is derived from who a person is; only from what was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from summitry.directory.queries.duplicates import ALIKE, likeness
from summitry.directory.queries.matching import Described, keys_of
from summitry.directory.queries.scripts import LATIN, script_of
from summitry.directory.queries.sorting import latin_letters

_SHORTEST = {LATIN: 3}
"""Letters that a name needs before it says anything; other scripts say it in two."""
_FORMS = frozenset(
    "the of for and de la le les des du el los las y e et und der die das di da do dos "
    "ltd limited inc incorporated gmbh ag kg sa sas sarl sl srl spa llc llp lp co company corp corporation plc bv nv oy "
    "oyj ab as asa aps pte pty ltda kk pjsc jsc ojsc fze fzco wll psc ooo oao ao pao zao".split()
)
"""Legal forms, articles and prepositions: they tell nobody apart."""
_NATIVE_FORMS = (
    "股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "株式会社", "주식회사", "유한회사",
    "общество с ограниченной ответственностью", "публичное акционерное общество", "акционерное общество",
    "شركة", "المحدودة",
)  # fmt: skip
_CYRILLIC_FORMS = frozenset({"ооо", "оао", "ао", "пао", "зао", "фгбоу", "во", "гбоу"})
_NOBODYS = ".invalid"
"""The ending of addresses that were erased: nobody has one (RFC 2606)."""
_BRACKETS = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")

PUBLIC_PROVIDERS = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com rocketmail.com aol.com icloud.com "
    "me.com mac.com proton.me protonmail.com pm.me gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de "
    "mail.com zoho.com fastmail.com hey.com tutanota.com tuta.com posteo.de mailbox.org qq.com vip.qq.com foxmail.com "
    "163.com 126.com yeah.net vip.163.com 188.com sina.com sina.cn sohu.com tom.com 21cn.com 139.com 189.cn wo.cn aliyun.com "
    "naver.com daum.net hanmail.net kakao.com nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp mail.ru "
    "inbox.ru list.ru bk.ru internet.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net seznam.cz wp.pl o2.pl onet.pl "
    "interia.pl orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it terra.com.br "
    "uol.com.br bol.com.br ig.com.br rediffmail.com sapo.pt telefonica.net comcast.net verizon.net att.net sbcglobal.net "
    "bellsouth.net cox.net btinternet.com sky.com ntlworld.com bigpond.com optusnet.com.au xtra.co.nz telus.net "
    "rogers.com shaw.ca mailinator.com hushmail.com pobox.com email.com".split()
)
"""Whose mailboxes anybody can have. National ones of the same house (yahoo.co.jp, hotmail.fr) are known by their first word."""
_PUBLIC_HOUSES = frozenset(
    {"yahoo", "hotmail", "outlook", "live", "gmx", "yandex", "protonmail", "gmail", "ymail"}
)
_SECOND_LEVEL = frozenset(
    "ac co com edu gov gob gouv go net org or ne mil nom sch nhs res nic int info asso id".split()
)


@lru_cache(maxsize=32768)
def organisation_keys(name: str) -> frozenset[str]:
    """Return the keys of an institution's name: without case, accents, legal form, place in brackets, order of words.

    Two names with a key in common likely mean the same house. Nothing for a name that says too little.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    bare = _BRACKETS.sub(" ", text)
    if not any(char.isalnum() for char in bare):
        bare = text
    for form in _NATIVE_FORMS:
        bare = bare.replace(form, " ")
    latin: list[str] = []
    native: list[str] = []
    for word in _words(bare):
        (latin if word.isascii() else native).append(word)
    found = set()
    plain = [word for word in latin if word not in _FORMS] or latin
    if native:
        own = "".join(word for word in native if word not in _CYRILLIC_FORMS) or "".join(native)
        found.add(own) if len(own) > 1 else None
        plain = plain if len("".join(plain)) > _SHORTEST[LATIN] else []
    if sum(map(len, plain)) >= _SHORTEST[LATIN]:
        found.add(" ".join(sorted(set(plain))))
    return frozenset(found)


def _words(text: str) -> list[str]:
    """Return the words of a text, Latin ones without accents; initials ("U.S.A.") as one word."""
    joined = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", text)
    folded = "".join(latin_letters(char) if script_of(char) == LATIN else char for char in joined)
    return "".join(char if char.isalnum() else " " for char in folded).split()


@lru_cache(maxsize=32768)
def mailbox(address: str) -> str:
    """Return an e-mail address in the form by which two are compared: no case, no tag, at Gmail no points."""
    local, at, domain = address.strip().casefold().rpartition("@")
    local, domain = local.partition("+")[0], _ascii(domain)
    if domain.endswith(_NOBODYS):
        return ""
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}{at}{domain}" if local and domain else ""


@lru_cache(maxsize=32768)
def house_domain(address: str) -> str:
    """Return the domain of the house that an e-mail address or web address belongs to; "" for public mail providers.

    Departments are set aside (cs.example.ac.uk is example.ac.uk). Which names are a registry's is told by a short rule
    and not by the whole list of public suffixes: two houses under an unusual registry count as one, and somebody decides.
    """
    host = address.strip().casefold().rpartition("@")[2]
    host = host.partition("://")[2] or host
    host = _ascii(re.split(r"[/?#:]", host, maxsplit=1)[0].strip("."))
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or labels[-1].isdigit():
        return ""
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    kept = labels[-3:] if deep else labels[-2:]
    domain = ".".join(kept)
    if domain.endswith(_NOBODYS):
        return ""
    if domain in PUBLIC_PROVIDERS or host in PUBLIC_PROVIDERS or kept[0] in _PUBLIC_HOUSES:
        return ""
    return "" if not deep and len(labels[-1]) == 2 and kept[0] in _SECOND_LEVEL else domain


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


@lru_cache(maxsize=32768)
def person_keys(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return under which keys a person of this name is filed, and under which she is looked for (see `directory`)."""
    keys = keys_of(Described("", (name,)))
    return keys.filed, keys.sought


def likely_person(name: str, known: Iterable[str]) -> bool:
    """Return whether a name likely means somebody who is written in these ways: reordered, abbreviated, or with a slip."""
    words = name_words(name)
    return any(likeness(name, other) >= ALIKE or _abbreviates(words, name_words(other)) for other in known)


@lru_cache(maxsize=32768)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in Latin letters, without titles' points and accents; nothing for other scripts."""
    if script_of(name) != LATIN:
        return ()
    return tuple("".join(char if char.isalnum() else " " for char in latin_letters(name)).split())


def _abbreviates(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name is the other with initials ("J. Okafor", "Okafor, J. K."), at least one word being the same in full."""
    short, full = sorted((one, other), key=lambda words: sum(map(len, words)))
    whole = [word for word in short if len(word) > 1]
    initials = [word for word in short if len(word) == 1]
    if not initials or not whole or not set(whole) <= set(full):
        return False
    left = sorted(word[0] for word in full if word not in whole)
    return all(initial in left for initial in initials)
