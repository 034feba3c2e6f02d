"""The edition's own texts, its venue, the entities that take part and the topic tree."""

from zoneinfo import ZoneInfo

from summitry.rehearsal.content.plan import (
    LANGUAGES,
    BuildingPlan,
    EditionPlan,
    EntityPlan,
    PhasePlan,
    RoomPlan,
    TopicPlan,
    VenuePlan,
    WalkPlan,
)
from summitry.rehearsal.content.reading import read
from summitry.rehearsal.content.texts import texts


def edition() -> EditionPlan:
    """Return the edition with all its texts."""
    data = read("edition")
    zone = ZoneInfo(data["zone"])
    phases = tuple(
        PhasePlan(
            kind=phase["kind"],
            names=texts(phase["names"]),
            opens=phase["opens"].replace(tzinfo=zone),
            closes=phase["closes"].replace(tzinfo=zone) if "closes" in phase else None,
        )
        for phase in data["phases"]
    )
    return EditionPlan(
        summit_slug=data["summit_slug"],
        summit_name=texts(data["summit_name"]),
        slug=data["slug"],
        name=texts(data["name"]),
        formal_title=texts(data["formal_title"]),
        motto=texts(data["motto"]),
        host_city=texts(data["host_city"]),
        lead=texts(data["lead"]),
        practical=texts(data["practical"]),
        zone=data["zone"],
        first_day=data["first_day"],
        last_day=data["last_day"],
        languages=LANGUAGES,
        fallback=tuple(data["fallback"]),
        phases=phases,
    )


def venue() -> VenuePlan:
    """Return the venue with buildings, rooms in numbered order, and walks between all buildings."""
    data = read("venue")
    return VenuePlan(
        slug=data["slug"],
        names=texts(data["names"]),
        address=texts(data["address"]),
        buildings=tuple(
            BuildingPlan(item["slug"], texts(item["names"]), texts(item["note"]))
            for item in data["buildings"]
        ),
        rooms=tuple(
            RoomPlan(
                slug=item["slug"],
                number=number,
                building=item["building"],
                names=texts(item["names"]),
                capacity=item["capacity"],
                equipment=tuple(item["equipment"]),
            )
            for number, item in enumerate(data["rooms"], start=1)
        ),
        walks=tuple(
            WalkPlan(start, end, minutes)
            for start, ends in data["walks"].items()
            for end, minutes in ends.items()
        ),
    )


def entities() -> tuple[EntityPlan, ...]:
    """Return the 127 countries and regions, then the union and the intergovernmental bodies."""
    data = read("entities")
    countries = tuple(EntityPlan(code, "country") for code in data["countries"])
    return countries + tuple(
        EntityPlan(body["code"], body["kind"], texts(body["names"])) for body in data["bodies"]
    )


def topics() -> tuple[TopicPlan, ...]:
    """Return the topic tree, each area directly before its topics."""
    tree: list[TopicPlan] = []
    for area in read("topics")["areas"]:
        tree.append(TopicPlan(area["slug"], None, texts(area["names"])))
        tree += [TopicPlan(slug, area["slug"], texts(names)) for slug, names in area["topics"].items()]
    return tuple(tree)
