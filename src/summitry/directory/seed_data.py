"""What the first stock of entities needs to know beyond Unicode CLDR."""

from __future__ import annotations

# Two-letter codes that CLDR knows and ISO 3166-1 does not assign.
NOT_ISO = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())

# Areas of ISO 3166-1 that are neither a Member State nor an observer State of the United Nations.
ISO_REGIONS = frozenset(
    (
        "AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC "
        "NF NU PF PM PN PR RE SH SJ SX TC TF TK TW UM VG VI WF YT"
    ).split()
)

# Intergovernmental organisations by our code, as they call themselves in the six languages of the United Nations.
IGO_NAMES: dict[str, dict[str, str]] = {
    "UN": {
        "en": "United Nations",
        "zh-hans": "联合国",
        "fr": "Organisation des Nations Unies",
        "es": "Naciones Unidas",
        "ru": "Организация Объединенных Наций",
        "ar": "الأمم المتحدة",
    },
    "IGO-ITU": {
        "en": "International Telecommunication Union",
        "zh-hans": "国际电信联盟",
        "fr": "Union internationale des télécommunications",
        "es": "Unión Internacional de Telecomunicaciones",
        "ru": "Международный союз электросвязи",
        "ar": "الاتحاد الدولي للاتصالات",
    },
    "IGO-UNDP": {
        "en": "United Nations Development Programme",
        "zh-hans": "联合国开发计划署",
        "fr": "Programme des Nations Unies pour le développement",
        "es": "Programa de las Naciones Unidas para el Desarrollo",
        "ru": "Программа развития Организации Объединенных Наций",
        "ar": "برنامج الأمم المتحدة الإنمائي",
    },
    "IGO-UNESCO": {
        "en": "UNESCO",
        "zh-hans": "联合国教科文组织",
        "fr": "UNESCO",
        "es": "UNESCO",
        "ru": "ЮНЕСКО",
        "ar": "اليونسكو",
    },
    "IGO-WHO": {
        "en": "World Health Organization",
        "zh-hans": "世界卫生组织",
        "fr": "Organisation mondiale de la Santé",
        "es": "Organización Mundial de la Salud",
        "ru": "Всемирная организация здравоохранения",
        "ar": "منظمة الصحة العالمية",
    },
    "IGO-WIPO": {
        "en": "World Intellectual Property Organization",
        "zh-hans": "世界知识产权组织",
        "fr": "Organisation mondiale de la propriété intellectuelle",
        "es": "Organización Mundial de la Propiedad Intelectual",
        "ru": "Всемирная организация интеллектуальной собственности",
        "ar": "المنظمة العالمية للملكية الفكرية",
    },
    "IGO-WTO": {
        "en": "World Trade Organization",
        "zh-hans": "世界贸易组织",
        "fr": "Organisation mondiale du commerce",
        "es": "Organización Mundial del Comercio",
        "ru": "Всемирная торговая организация",
        "ar": "منظمة التجارة العالمية",
    },
}
