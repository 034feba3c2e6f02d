"""What the columns of a table of jurors can hold, and a good guess at it from their headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.guests.actions.importing.columns import plain


class Field(StrEnum):
    """What a column can hold."""

    NAME = "name"
    EMAIL = "email"
    ORGANISATION = "organisation"
    ENTITY = "entity"
    LANGUAGES = "languages"
    EXPERTISE = "expertise"
    MOST = "most"
    WORDS = "words"


LABELS: Mapping[Field, str | Promise] = {
    Field.NAME: pgettext_lazy("person", "Name"),
    Field.EMAIL: _("E-mail address"),
    Field.ORGANISATION: _("Organisation"),
    Field.ENTITY: _("Country or region"),
    Field.LANGUAGES: _("Reads entries in these languages"),
    Field.EXPERTISE: _("Areas known best"),
    Field.MOST: _("Reads at most, in a round"),
    Field.WORDS: _("Field of work, in own words"),
}
_HEADINGS = {
    Field.NAME: "name|full name|juror|jury member|expert|reviewer|nom|nom complet|nombre|nombre completo|имя|фио|эксперт|姓名|专家|评委|الاسم|الاسم الكامل",
    Field.EMAIL: "e mail|email|e mail address|email address|mail|courriel|adresse e mail|correo|correo electronico|электронная почта|почта|邮箱|电子邮件|电子邮箱|البريد الإلكتروني|البريد",
    Field.ORGANISATION: "organisation|organization|company|institution|affiliation|employer|organisme|societe|organizacion|institucion|empresa|организация|учреждение|компания|单位|机构|组织|公司|المؤسسة|الجهة",
    Field.ENTITY: "country|country or region|countries and regions|region|pays|pays ou region|pais|pais o region|страна|страна или регион|国家|国家或地区|国家和地区|国别|البلد|الدولة|البلد أو المنطقة",
    Field.LANGUAGES: "languages|language|reading languages|langues|langue|idiomas|idioma|языки|язык|语言|语种|اللغات|اللغة",
    Field.EXPERTISE: "areas|area|topics|topic|ranked topics|expertise|fields|domaines|domaine|themes|areas tematicas|temas|области|темы|направления|领域|专长|主题|المجالات|التخصصات|المواضيع",
    Field.MOST: "capacity|reads|reads at most|most|load|maximum|capacite|capacidad|нагрузка|максимум|容量|最多评审数|评审上限|السعة|الحد الأقصى",
    Field.WORDS: "words|keywords|field of work|research interests|mots cles|palabras clave|ключевые слова|关键词|研究方向|الكلمات المفتاحية",
}
_FIELD_OF = {plain(word): name for name, words in reversed(_HEADINGS.items()) for word in words.split("|")}


def guess_targets(columns: Sequence[str]) -> list[str]:
    """Return what each column is likely to hold; a field is given to the first column that fits."""
    targets: list[str] = []
    for column in columns:
        bare = plain(re.sub(r"[(\[（【].*?[)\]）】]", " ", column))
        found = _FIELD_OF.get(plain(column)) or _FIELD_OF.get(bare) or ""
        targets.append(found if found not in targets else "")
    return targets


def checked_targets(columns: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """Return what was chosen for each column: what is unknown or chosen a second time holds nothing."""
    targets: list[str] = []
    for _column, target in zip(columns, [*chosen, *([""] * len(columns))], strict=False):
        targets.append(target if target in set(Field) and target not in targets else "")
    return targets
