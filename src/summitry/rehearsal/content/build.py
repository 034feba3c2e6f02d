"""Builds the whole plan of the demo edition from the data files and a seed."""

from dataclasses import replace

from summitry.rehearsal.content.biographies import Biographer
from summitry.rehearsal.content.casting import Cast
from summitry.rehearsal.content.people import Guest, Population
from summitry.rehearsal.content.places import edition, entities, topics, venue
from summitry.rehearsal.content.plan import Attendance, PersonPlan, SummitPlan
from summitry.rehearsal.content.programme import forum_plan, programme, session_plan
from summitry.rehearsal.content.reading import chance
from summitry.rehearsal.content.sequel import amendments, measures, staff


def build_summit(seed: int = 2026, scale: float = 1.0) -> SummitPlan:
    """Return the demo edition; the same arguments always give an equal plan.

    `scale` multiplies the number of people, though there are never fewer than 200. Below 1 the programme shrinks with
    it, each forum keeping its first sessions; above 1 programme and speakers stay as they are, being written by hand.
    """
    population = Population(seed, scale)
    guests = population.guests()
    place = venue()
    drafts, cast = programme(seed, scale, place, guests)
    biographer = Biographer(chance(seed, "biographies"), population.organisations)
    people = tuple(finished(guest, cast, biographer) for guest in guests)
    forums = tuple(forum_plan(draft) for draft in drafts)
    sessions = tuple(
        sorted(
            (session_plan(forum.slug, draft) for forum in drafts for draft in forum.sessions),
            key=lambda session: (session.start, session.code),
        )
    )
    return SummitPlan(
        seed=seed,
        scale=scale,
        edition=edition(),
        venue=place,
        entities=entities(),
        topics=topics(),
        organisations=population.organisations,
        people=people,
        forums=forums,
        sessions=sessions,
        staff=staff(people),
        measures=measures(),
        amendments=amendments(sessions, place, chance(seed, "amendments")),
    )


def finished(guest: Guest, cast: Cast, biographer: Biographer) -> PersonPlan:
    """Return the person with her biography, if she speaks, and her final attendance."""
    slug = guest.plan.slug
    if slug not in cast.topics:
        return guest.plan
    attendance: Attendance = "online" if slug in cast.remote else "on_site"
    return replace(guest.plan, attendance=attendance, biography=biographer.write(guest, cast.topics[slug]))
