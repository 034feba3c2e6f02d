"""Which column of a table holds which field of a programme, and a good guess at it from the headings."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Field(StrEnum):
    """What a column can hold. ``FORUM`` becomes the event's track, ``KIND`` its type."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    ABSTRACT = "abstract"
    DESCRIPTION = "description"
    DATE = "date"
    START = "start"
    END = "end"
    DURATION = "duration"
    ROOM = "room"
    FORUM = "forum"
    KIND = "kind"
    LANGUAGE = "language"
    SPEAKERS = "speakers"
    ID = "id"
    GUID = "guid"
    URL = "url"


TRANSLATABLE = (Field.TITLE, Field.SUBTITLE, Field.ABSTRACT, Field.DESCRIPTION)
_TARGET = re.compile(r"([a-z]+)(?:\[([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\])?")


@dataclass(frozen=True, slots=True)
class ColumnTarget:
    """A field, for texts optionally in one language; written ``title[zh-hans]``."""

    field: Field
    language: str = ""

    def __str__(self) -> str:
        return f"{self.field}[{self.language}]" if self.language else str(self.field)

    @classmethod
    def parse(cls, text: str) -> "ColumnTarget":
        """The target that ``text`` names; ``ValueError`` where it names none."""
        match = _TARGET.fullmatch(text.strip().lower())
        if match is None:
            raise ValueError(text)
        target = cls(Field(match[1]), match[2] or "")
        if target.language and target.field not in TRANSLATABLE:
            raise ValueError(text)
        return target


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Columns by name and what each holds. Columns that are not named are left out."""

    targets: Mapping[str, ColumnTarget] = field(default_factory=dict)

    @classmethod
    def parse(cls, texts: Mapping[str, str]) -> "ColumnMapping":
        """From ``{"Titre": "title[fr]"}``; ``ValueError`` for a target that does not exist."""
        return cls({column: ColumnTarget.parse(text) for column, text in texts.items() if text.strip()})

    def texts(self) -> dict[str, str]:
        """The form that ``parse`` takes."""
        return {column: str(target) for column, target in self.targets.items()}


# Headings as they occur, in six languages and in the exports of other systems; compared without case, accents and
# punctuation. The first field to claim a heading has it.
_HEADINGS: dict[Field, str] = {
    Field.TITLE: (
        "title|proposal title|session title|talk title|talk|name|session name|event|subject|topic title|"
        "titre|intitule|nom|titulo|nombre|название|наименование|заголовок|тема|标题|题目|名称|议题|会议名称|"
        "العنوان|عنوان|عنوان الجلسة|الاسم"
    ),
    Field.SUBTITLE: "subtitle|sub title|sous titre|subtitulo|подзаголовок|副标题|العنوان الفرعي|عنوان فرعي",
    Field.ABSTRACT: "abstract|summary|teaser|resume|resumen|аннотация|резюме|краткое содержание|摘要|简介|概要|ملخص|الملخص",
    Field.DESCRIPTION: (
        "description|details|long description|content|descriptif|descripcion|detalles|описание|подробности|"
        "描述|说明|详情|内容|الوصف|وصف|التفاصيل"
    ),
    Field.DATE: "date|day|jour|fecha|dia|дата|день|日期|日子|التاريخ|تاريخ|اليوم",
    Field.START: (
        "start|start time|starts at|begin|begins|from|time|start date|start datetime|scheduled at|scheduled start|"
        "debut|heure de debut|heure|de|inicio|hora de inicio|hora|comienzo|desde|"
        "начало|время начала|время|开始|开始时间|时间|起始时间|البداية|بداية|وقت البدء|الوقت|من"
    ),
    Field.END: (
        "end|end time|ends at|finish|until|to|end date|end datetime|fin|heure de fin|a|jusqu a|hora de fin|"
        "termino|hasta|конец|окончание|время окончания|до|结束|结束时间|截止时间|النهاية|نهاية|وقت الانتهاء|إلى"
    ),
    Field.DURATION: (
        "duration|length|minutes|scheduled duration|duration minutes|duree|duree minutes|duracion|minutos|"
        "продолжительность|длительность|минуты|时长|持续时间|分钟|المدة|مدة|دقائق"
    ),
    Field.ROOM: (
        "room|room name|location|venue|place|hall|stage|salle|lieu|sala|lugar|ubicacion|зал|место|помещение|аудитория|"
        "会议室|房间|地点|场地|会场|القاعة|قاعة|المكان|الغرفة"
    ),
    Field.FORUM: (
        "forum|track|track name|stream|session|theme|parcours|filiere|thematique|foro|pista|eje|tema|"
        "форум|трек|секция|направление|论坛|分论坛|轨道|专题|المنتدى|منتدى|المسار"
    ),
    Field.KIND: (
        "kind|type|session type|format|session format|submission type|category|event type|genre|categorie|tipo|formato|"
        "categoria|тип|вид|формат|категория|类型|形式|类别|النوع|نوع|الصيغة|الفئة"
    ),
    Field.LANGUAGE: "language|lang|locale|spoken language|langue|idioma|lengua|язык|语言|语种|اللغة|لغة",
    Field.SPEAKERS: (
        "speakers|speaker|speaker name|speaker names|presenters|presenter|persons|people|authors|author|panellists|"
        "orateurs|orateur|intervenants|intervenant|conferenciers|ponentes|ponente|oradores|orador|autores|"
        "спикеры|спикер|докладчики|докладчик|выступающие|участники|"
        "演讲人|演讲者|发言人|讲者|嘉宾|主讲人|المتحدثون|المتحدث|المتحدثين|المحاضرون"
    ),
    Field.ID: "id|session id|event id|number|no|nr|code|identifiant|numero|identificador|номер|идентификатор|编号|序号|المعرف|الرقم|رقم",
    Field.GUID: "guid|uuid|uid",
    Field.URL: "url|link|web|website|address|page|lien|site web|enlace|sitio web|ссылка|сайт|адрес|链接|网址|الرابط|رابط",
}
_LANGUAGES = {
    "en": "en|eng|english|anglais|ingles|английский|英文|英语|الإنجليزية|انجليزي",
    "fr": "fr|fra|fre|french|francais|frances|французский|法文|法语|الفرنسية|فرنسي",
    "es": "es|spa|spanish|espagnol|espanol|castellano|испанский|西班牙文|西班牙语|الإسبانية|إسباني",
    "ru": "ru|rus|russian|russe|ruso|русский|俄文|俄语|الروسية|روسي",
    "ar": "ar|ara|arabic|arabe|арабский|阿拉伯文|阿拉伯语|العربية|عربي",
    "zh-hans": "zh|zho|chi|cn|zh hans|zh cn|chinese|chinois|chino|китайский|中文|汉语|简体中文|الصينية|صيني",
    "de": "de|deu|ger|german|deutsch|allemand|aleman|немецкий|德文|الألمانية",
    "pt": "pt|por|portuguese|portugues|portugais|португальский|葡萄牙文|البرتغالية",
    "it": "it|ita|italian|italiano|italien|итальянский|意大利文|الإيطالية",
    "ja": "ja|jpn|japanese|japonais|japones|японский|日文|日语|اليابانية",
}


def _plain(text: str) -> str:
    """Lower case without accents and punctuation. Arabic loses its optional vowel signs the same way."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        character if character.isalnum() else " "
        for character in decomposed
        if not unicodedata.combining(character)
    )
    return " ".join(kept.split())


_FIELD_OF = {
    _plain(heading): name for name, headings in reversed(_HEADINGS.items()) for heading in headings.split("|")
}
_LANGUAGE_OF = {_plain(name): code for code, names in _LANGUAGES.items() for name in names.split("|")}


def guess_mapping(columns: Iterable[str]) -> ColumnMapping:
    """The likeliest mapping; a field is given to the first column that fits, columns that fit nothing are left out."""
    targets: dict[str, ColumnTarget] = {}
    for column in columns:
        target = _target_of(column)
        if target is not None and target not in targets.values():
            targets[column] = target
    return ColumnMapping(targets)


def _target_of(column: str) -> ColumnTarget | None:
    try:
        return ColumnTarget.parse(column)
    except ValueError:
        pass
    plain = _plain(column)
    if name := _FIELD_OF.get(plain):
        return ColumnTarget(name)
    words = plain.split(" ")
    for count in range(1, min(len(words), 4)):
        for language, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            code = _LANGUAGE_OF.get(" ".join(language))
            named = _FIELD_OF.get(" ".join(rest))
            if code and named in TRANSLATABLE:
                return ColumnTarget(named, code)
    # What stands in brackets is often only a unit or a remark: "Start (local time)".
    without_remark = _plain(re.sub(r"[(\[（【].*?[)\]）】]", " ", column))
    name = _FIELD_OF.get(without_remark)
    return ColumnTarget(name) if name and without_remark != plain else None
