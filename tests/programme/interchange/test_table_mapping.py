"""Headings in six languages, and those of other systems, find their fields."""

import pytest

from summitry.programme.interchange.table import ColumnMapping, ColumnTarget, guess_mapping


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            "Title|Abstract|Date|Start|End|Duration|Room|Forum|Type|Language|Speakers|ID|URL",
            "title|abstract|date|start|end|duration|room|forum|kind|language|speakers|id|url",
        ),
        (
            "Titre|Résumé|Jour|Heure de début|Heure de fin|Durée (minutes)|Salle|Forum|Catégorie|Langue|Intervenants|N°",
            "title|abstract|date|start|end|duration|room|forum|kind|language|speakers|",
        ),
        (
            "Título|Resumen|Fecha|Hora de inicio|Hora de fin|Duración|Sala|Foro|Tipo|Idioma|Ponentes|Número|Enlace",
            "title|abstract|date|start|end|duration|room|forum|kind|language|speakers|id|url",
        ),
        (
            "Название|Аннотация|Дата|Начало|Конец|Продолжительность|Зал|Форум|Тип|Язык|Спикеры|№|Ссылка",
            "title|abstract|date|start|end|duration|room|forum|kind|language|speakers||url",
        ),
        ("标题|摘要|日期|开始时间|结束时间|时长|会议室|论坛|类型|语言|演讲人|编号|链接",
         "title|abstract|date|start|end|duration|room|forum|kind|language|speakers|id|url"),
        ("العنوان|الملخص|التاريخ|وقت البدء|وقت الانتهاء|المدة|القاعة|المنتدى|النوع|اللغة|المتحدثون|الرقم|الرابط",
         "title|abstract|date|start|end|duration|room|forum|kind|language|speakers|id|url"),
        ("Proposal title|Session type|Track|Speaker names|Room|Start|End|guid",
         "title|kind|forum|speakers|room|start|end|guid"),
        ("Session Id|Title|Description|Session format|Scheduled At|Scheduled Duration|Speakers|Owner",
         "id|title|description|kind|start|duration|speakers|"),
        ("Title (EN)|title_zh|Titre [fr]|título es|标题（中文）|Title - Russian|abstract[zh-hans]|Room (building)",
         "title[en]|title[zh-hans]|title[fr]|title[es]||title[ru]|abstract[zh-hans]|room"),
        ("Colour|Notes|Title|Title|TITLE", "||title||"),
    ],
)  # fmt: skip
def test_guess_mapping_finds_the_fields(columns: str, expected: str):
    names = columns.split("|")
    guessed = guess_mapping(names).texts()
    assert guessed == {name: field for name, field in zip(names, expected.split("|"), strict=True) if field}


def test_mapping_is_written_as_it_is_read():
    texts = {"Titre": "title[fr]", "标题": "title[zh-hans]", "Salle": "room"}
    mapping = ColumnMapping.parse(texts | {"Notes": ""})
    assert mapping.texts() == texts
    assert str(mapping.targets["标题"]) == "title[zh-hans]"


@pytest.mark.parametrize("text", ["", "colour", "room[fr]", "title[", "title[x y]"])
def test_target_that_does_not_exist_is_refused(text: str):
    with pytest.raises(ValueError, match=r".*"):
        ColumnTarget.parse(text)
