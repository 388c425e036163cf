"""An office with two members, and short words for the records that fill its year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from activities.models import ActivityQuantity, Attendance
from core import files
from members.models import Member
from organisation.models import Office
from plans.enums import PlanState
from plans.models import AnnualPlan
from reports.models import Report
from tests import factories as make

Recipe = Callable[["Scene"], None]
EVERYBODY = 2


class Scene:
    """Two members serve all year; `before` a recipe runs nothing is recorded."""

    def __init__(self) -> None:
        self.office: Office = make.OfficeFactory()
        term = make.TermFactory(office=self.office)
        make.SessionFactory(term=term)
        self.session = term.sessions.get()
        self.members: list[Member] = make.MemberFactory.create_batch(EVERYBODY, office=self.office, term=term)
        self.plan: AnnualPlan = make.PlanFactory(office=self.office, state=PlanState.DRAFT)


def many(*recipes: Recipe) -> Recipe:
    def run(scene: Scene) -> None:
        for recipe in recipes:
            recipe(scene)

    return run


def act(
    kind: str, times: int = 1, *, by: int = 0, away: int = 0, months: Sequence[int] = (), results: Any = None,
    **values: Any,
) -> Recipe:  # fmt: skip
    """Activities of the type that took place, one a month from `months` on; `by` of the members came (credited), `away`
    of the others stayed away; `results` are kinds of quantities with their value.
    """

    def run(scene: Scene) -> None:
        for turn in range(times):
            month = months[turn % len(months)] if months else turn % 12 + 1
            activity = make.ActivityFactory(
                office=scene.office,
                type=make.activity_type(kind),
                starts_at=make.moment(month, turn % 28 + 1),
                **values,
            )
            states = ["present"] * by + ["absent"] * away
            Attendance.objects.bulk_create(
                Attendance(activity=activity, member=member, state=state)
                for member, state in zip(scene.members, states, strict=False)
            )
            ActivityQuantity.objects.bulk_create(
                ActivityQuantity(activity=activity, kind=each, value=value) for each, value in (results or {}).items()
            )

    return run


def own(kind: str, times: int = 1) -> Recipe:
    """Each of the members so many records of their own."""

    def run(scene: Scene) -> None:
        for member in scene.members * times:
            activity = make.ActivityFactory(office=scene.office, type=make.activity_type(kind))
            make.AttendanceFactory(activity=activity, member=member)

    return run


def proposals(times: int = 1, by: int = EVERYBODY, **values: Any) -> Recipe:
    """Each of the members submits so many."""

    def run(scene: Scene) -> None:
        for member in scene.members[:by]:
            for _ in range(times):
                number = scene.session.proposals.count() + 1
                more = {"case_no": number, "filed_at": make.moment(4, 1)} if values.get("state") == "filed" else {}
                make.ProposalFactory(office=scene.office, session=scene.session, member=member, **values, **more)

    return run


def opinions(times: int = 1, by: int = EVERYBODY, **values: Any) -> Recipe:
    def run(scene: Scene) -> None:
        for member in scene.members[:by]:
            make.OpinionFactory.create_batch(times, office=scene.office, member=member, **values)

    return run


def approved_plan(scene: Scene) -> None:
    """Another version of the plan, approved in January."""
    make.PlanFactory(office=scene.office, revision=2, approved_at=make.moment(1, 10))


def document(key: str) -> Recipe:
    """A document the portal made."""

    def run(scene: Scene) -> None:
        stored = files.store(b"%PDF-1.7 test", name=f"{key}.pdf", extension="pdf", by=None)
        Report.objects.create(office=scene.office, document=key, year=make.YEAR, title=key, as_of=make.moment(7, 1),
                              pages=1, file=stored)  # fmt: skip

    return run


def consultation(form: str, times: int) -> Recipe:
    """Items of the consultation plan of this form, each held."""

    def run(scene: Scene) -> None:
        for turn in range(times):
            item = make.ItemFactory(plan=scene.plan, kind="consultation", form=form, month=turn % 12 + 1)
            act("consultation", item_lineage=item.lineage, months=[item.month])(scene)

    return run
