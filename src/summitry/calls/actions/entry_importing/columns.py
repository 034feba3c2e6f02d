"""What the columns of a table of entries can hold, and a good guess at it from their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from summitry.calls.enums import QuestionKind
from summitry.calls.queries.entry_form import ANSWER, LABELS, EntryForm
from summitry.foundation.i18n import languages
from summitry.foundation.search import fold

EMAIL = "contact_email"
TEXTS = ("title", "abstract")
_HEADINGS: dict[str, str] = {
    "title": "title|entry|project|project title|name of the project|titre|projet|titulo|proyecto|название|проект|标题|题目|项目名称|名称|العنوان|المشروع",
    "abstract": "abstract|summary|description|resume|resumen|аннотация|описание|摘要|简介|الملخص|الوصف",
    "area": "area|category|track|field|domaine|categorie|area tematica|categoria|направление|категория|领域|类别|赛道|المجال|الفئة",
    "kind": "kind|kind of institution|type of institution|type|tipo|тип организации|机构类型|单位性质|نوع المؤسسة",
    "organisation_name": "organisation|organization|company|institution|organisme|societe|organizacion|empresa|организация|компания|单位|机构|公司|المؤسسة|الجهة",
    "entity": "country|country or region|region|pays|pays ou region|pais|pais o region|страна|страна или регион|国家|国家或地区|国别|البلد|الدولة",
    "contact_name": "contact|contact person|contact name|name|nom|nombre|контактное лицо|имя|联系人|姓名|الاسم|جهة الاتصال",
    EMAIL: "e mail|email|e mail address|email address|mail|courriel|adresse e mail|correo|correo electronico|электронная почта|почта|邮箱|电子邮件|电子邮箱|البريد الإلكتروني|البريد",
    "language": "language|language of letters|langue|idioma|язык|语言|语种|اللغة",
}


def plain(text: str) -> str:
    """Return a heading or a word of a list without accents, case and punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


_FIELD_OF = {plain(word): name for name, words in reversed(_HEADINGS.items()) for word in words.split("|")}


def targets_of(form: EntryForm, lang: str) -> dict[str, str]:
    """Return what a column can hold, with its name for a reader: texts in each language of the call, questions but files."""
    found: dict[str, str] = {}
    for name in TEXTS:
        for code in form.call.languages:
            found[f"{name}.{code}"] = f"{LABELS[name]} ({languages.name_in(code, lang)})"
    for name in ("area", "kind", "organisation_name", "entity", "contact_name"):
        found[name] = str(LABELS[name])
    found |= {EMAIL: _("E-mail address"), "language": str(LABELS["language"])}
    for one in form.questions:
        if one.kind != QuestionKind.FILE:
            found[ANSWER + one.slug] = form.label(ANSWER + one.slug, lang)
    return found


def guess_targets(form: EntryForm, columns: Sequence[str]) -> list[str]:
    """Return what each column is likely to hold; a field is given to the first column that fits."""
    words = _words_of(form)
    targets: list[str] = []
    for column in columns:
        found = (
            words.get(plain(column)) or words.get(plain(re.sub(r"[(\[（【].*?[)\]）】]", " ", column))) or ""
        )
        targets.append(found if found not in targets else "")
    return targets


def checked_targets(form: EntryForm, columns: Sequence[str], chosen: Iterable[str]) -> list[str]:
    """Return what was chosen for each column: what is unknown or chosen a second time holds nothing."""
    known = targets_of(form, "en").keys()
    targets: list[str] = []
    for _column, target in zip(columns, [*chosen, *([""] * len(columns))], strict=False):
        targets.append(target if target in known and target not in targets else "")
    return targets


def _words_of(form: EntryForm) -> dict[str, str]:
    """Return by a plain heading what it means: our names, each language's words, and the questions in every language."""
    found: dict[str, str] = {}
    for one in form.questions:
        if one.kind != QuestionKind.FILE:
            for text in (one.slug, *one.label.texts.values()):
                found[plain(text)] = ANSWER + one.slug
    for word, name in _FIELD_OF.items():
        found[word] = f"{name}.{form.call.languages[0]}" if name in TEXTS and form.call.languages else name
    for name in TEXTS:
        for code in form.call.languages:
            for words in (code, languages.name_in(code, "en"), languages.local_name(code)):
                found[plain(f"{name} {words}")] = f"{name}.{code}"
    return found
