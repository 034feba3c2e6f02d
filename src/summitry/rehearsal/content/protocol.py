"""What the demo's protocol office has: styles, stations, hotels, meals and the reasons it gives."""

from __future__ import annotations

from collections.abc import Mapping

Texts = Mapping[str, str]

RANKS: tuple[tuple[str, int], ...] = (
    ("head_of_state", 2),
    ("deputy_of_state", 1),
    ("head_of_government", 3),
    ("deputy_of_government", 3),
    ("head_of_organisation", 3),
    ("foreign_minister", 5),
    ("minister", 14),
    ("deputy_minister", 6),
    ("ambassador", 5),
)
"""How many of the demo's dignitaries have which rank."""

STYLE: Texts = {"en": "H.E.", "zh-hans": "阁下", "fr": "S.E.", "es": "S.E.", "ru": "Е. П.", "ar": "معالي"}
SALUTATION: Texts = {
    "en": "Your Excellency,",
    "zh-hans": "尊敬的阁下：",
    "fr": "Excellence,",
    "es": "Excelencia:",
    "ru": "Ваше Превосходительство!",
    "ar": "معاليكم،",
}

LISTS: tuple[Texts, ...] = (
    {
        "en": "Opening ceremony",
        "zh-hans": "开幕式",
        "fr": "Cérémonie d’ouverture",
        "es": "Ceremonia de apertura",
        "ru": "Церемония открытия",
        "ar": "حفل الافتتاح",
    },
    {
        "en": "Family photograph",
        "zh-hans": "合影",
        "fr": "Photo de famille",
        "es": "Fotografía de familia",
        "ru": "Общая фотография",
        "ar": "الصورة التذكارية",
    },
)
DINNER: Texts = {
    "en": "Welcome dinner",
    "zh-hans": "欢迎晚宴",
    "fr": "Dîner de bienvenue",
    "es": "Cena de bienvenida",
    "ru": "Приветственный ужин",
    "ar": "عشاء الترحيب",
}
LUNCH: Texts = {
    "en": "Lunch",
    "zh-hans": "午餐",
    "fr": "Déjeuner",
    "es": "Almuerzo",
    "ru": "Обед",
    "ar": "الغداء",
}
GARDEN: Texts = {
    "en": "Lotus Garden",
    "zh-hans": "荷园",
    "fr": "Jardin des lotus",
    "es": "Jardín de los lotos",
    "ru": "Лотосовый сад",
    "ar": "حديقة اللوتس",
}
STATIONS: tuple[tuple[str, Texts], ...] = (
    (
        "airport",
        {
            "en": "Rivertown Airport",
            "zh-hans": "河镇机场",
            "fr": "Aéroport de Rivertown",
            "es": "Aeropuerto de Rivertown",
            "ru": "Аэропорт Ривертаун",
            "ar": "مطار ريفرتاون",
        },
    ),
    (
        "railway",
        {
            "en": "Rivertown East Station",
            "zh-hans": "河镇东站",
            "fr": "Gare de Rivertown-Est",
            "es": "Estación Rivertown Este",
            "ru": "Восточный вокзал Ривертауна",
            "ar": "محطة ريفرتاون الشرقية",
        },
    ),
    (
        "venue",
        {
            "en": "Congress Centre, south gate",
            "zh-hans": "会议中心南门",
            "fr": "Centre de congrès, porte sud",
            "es": "Centro de congresos, puerta sur",
            "ru": "Конгресс-центр, южный вход",
            "ar": "مركز المؤتمرات، البوابة الجنوبية",
        },
    ),
)
HOTELS: tuple[Texts, ...] = (
    {
        "en": "Water Gate Inn",
        "zh-hans": "水门客栈",
        "fr": "Auberge de la Porte d’eau",
        "es": "Posada de la Puerta del Agua",
        "ru": "Гостиница «Водяные ворота»",
        "ar": "نزل بوابة الماء",
    },
    {
        "en": "Mulberry Hotel",
        "zh-hans": "桑园酒店",
        "fr": "Hôtel du Mûrier",
        "es": "Hotel La Morera",
        "ru": "Отель «Шелковица»",
        "ar": "فندق التوت",
    },
)
CLASSES: tuple[Texts, ...] = (
    {"en": "Suite", "zh-hans": "套房", "fr": "Suite", "es": "Suite", "ru": "Люкс", "ar": "جناح"},
    {
        "en": "Single room",
        "zh-hans": "单人间",
        "fr": "Chambre simple",
        "es": "Habitación individual",
        "ru": "Одноместный номер",
        "ar": "غرفة مفردة",
    },
)
ORIGINS: tuple[tuple[str, str, int], ...] = (
    ("Paris", "Europe/Paris", 12),
    ("Nairobi", "Africa/Nairobi", 13),
    ("Dubai", "Asia/Dubai", 8),
    ("São Paulo", "America/Sao_Paulo", 24),
    ("Singapore", "Asia/Singapore", 5),
    ("New York", "America/New_York", 15),
    ("Almaty", "Asia/Almaty", 5),
)
"""From where guests fly, that place's clock, and for how many hours."""
GREETERS = ("Shen Wei", "Lu Jiayi", "Fang Min", "Gu Chen", "Tao Ran")
REASONS = (
    "Speaks first, at the host’s wish",
    "Has to leave after the opening",
    "Same rank, asked for the place beside her delegation",
)
APART, TOGETHER = "Both delegations asked for it", "They sign the agreement afterwards"
LEFT = "Called back for a vote in parliament"
DIETS = ("vegetarian", "halal", "vegan", "no_pork", "gluten_free", "kosher", "no_seafood", "lactose_free")
