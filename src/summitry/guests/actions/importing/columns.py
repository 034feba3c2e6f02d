"""What the columns of a table of guests can hold, and a good guess at it from their headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.foundation.search import fold


class Field(StrEnum):
    """What a column can hold."""

    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    NATIVE = "native"
    NATIVE_LANG = "native_lang"
    HONORIFIC = "honorific"
    EMAIL = "email"
    POST = "post"
    ORGANISATION = "organisation"
    ENTITY = "entity"
    CATEGORY = "category"
    DELEGATION = "delegation"
    ATTENDANCE = "attendance"
    LANGUAGE = "language"


LABELS: Mapping[Field, str | Promise] = {
    Field.NAME: _("Name"),
    Field.GIVEN: _("Given name"),
    Field.FAMILY: _("Family name"),
    Field.NATIVE: _("Name in its own script"),
    Field.NATIVE_LANG: _("Language of that name"),
    Field.HONORIFIC: _("Form of address"),
    Field.EMAIL: _("E-mail address"),
    Field.POST: _("Post"),
    Field.ORGANISATION: _("Organisation"),
    Field.ENTITY: _("Country or region"),
    Field.CATEGORY: _("Category"),
    Field.DELEGATION: _("Delegation"),
    Field.ATTENDANCE: _("Takes part"),
    Field.LANGUAGE: _("Language of letters"),
}
NAMES = (Field.NAME, Field.NATIVE, Field.GIVEN, Field.FAMILY)
_HEADINGS = {
    Field.NAME: "name|full name|display name|latin name|english name|name in english|participant|guest|nom complet|nom et prenom|nombre completo|nombre y apellidos|имя и фамилия|фио|полное имя|姓名拼音|英文名|英文姓名|拼音|الاسم الكامل|الاسم",
    Field.GIVEN: "given name|given names|first name|firstname|forename|prenom|prenoms|nombre|nombres|имя|名|الاسم الأول",
    Field.FAMILY: "family name|surname|last name|lastname|nom|nom de famille|apellido|apellidos|фамилия|姓|اسم العائلة|اللقب",
    Field.NATIVE: "native name|name in native script|original name|chinese name|nom d origine|nombre original|имя на родном языке|姓名|中文名|中文姓名|本名|الاسم بالعربية|الاسم الأصلي",
    Field.NATIVE_LANG: "language of name|native language|name language",
    Field.HONORIFIC: "honorific|title|salutation|form of address|civilite|tratamiento|обращение|称谓|尊称|اللقب الشرفي",
    Field.EMAIL: "e mail|email|e mail address|email address|mail|courriel|adresse e mail|adresse electronique|correo|correo electronico|электронная почта|эл почта|почта|邮箱|电子邮件|电子邮箱|البريد الإلكتروني|البريد",
    Field.POST: "post|position|job title|function|role|fonction|poste|cargo|puesto|должность|职务|职位|المنصب|الوظيفة",
    Field.ORGANISATION: "organisation|organization|company|institution|affiliation|employer|organisme|societe|organizacion|institucion|empresa|организация|учреждение|компания|单位|机构|组织|公司|المؤسسة|الجهة|المنظمة",
    Field.ENTITY: "country|country or region|countries and regions|country region|region|entity|pays|pays ou region|pais|pais o region|страна|страна или регион|国家|国家或地区|国家和地区|国别|البلد|الدولة|البلد أو المنطقة",
    Field.CATEGORY: "category|guest category|type|capacity|categorie|qualite|categoria|категория|тип|类别|身份|嘉宾类别|الفئة|الصفة",
    Field.DELEGATION: "delegation|group|delegacion|groupe|делегация|代表团|الوفد",
    Field.ATTENDANCE: "attendance|takes part|participation|mode|mode of participation|presence|asistencia|modalidad|участие|форма участия|参会方式|出席方式|طريقة المشاركة|المشاركة",
    Field.LANGUAGE: "language|language of letters|preferred language|correspondence language|langue|idioma|язык|语言|语种|اللغة|لغة المراسلة",
}


def plain(text: str) -> str:
    """Return a heading or a word of a list without accents, case and punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


_FIELD_OF = {
    plain(heading): name for name, headings in reversed(_HEADINGS.items()) for heading in headings.split("|")
}


def guess_targets(columns: Sequence[str]) -> list[str]:
    """Return what each column is likely to hold; a field is given to the first column that fits."""
    targets: list[str] = []
    for column in columns:
        words = plain(column)
        found = Field(words) if words in set(Field) else _FIELD_OF.get(words)
        if found is None:  # what stands in brackets is often only a remark
            found = _FIELD_OF.get(plain(re.sub(r"[(\[（【].*?[)\]）】]", " ", column)))
        targets.append(found if found is not None and found not in targets else "")
    return targets


def checked_targets(columns: Sequence[str], chosen: Sequence[str]) -> list[str]:
    """Return what was chosen for each column: what is unknown or chosen a second time holds nothing."""
    targets: list[str] = []
    for _column, target in zip(columns, [*chosen, *([""] * len(columns))], strict=False):
        targets.append(target if target in set(Field) and target not in targets else "")
    return targets
