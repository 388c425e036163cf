"""One door for every change of state."""

import pytest
from django.db import DatabaseError, transaction

from audit.models import AuditEntry
from core.errors import Denied, DomainError, StateChanged
from core.models import WorkflowEvent
from core.permissions import ALLOWED, denied
from core.workflow import Transition, Workflow, history
from plans.enums import PlanState
from plans.models import AnnualPlan
from tests.factories import PlanFactory, UserFactory

pytestmark = pytest.mark.django_db
BOSS = "boss"


def only_the_boss(user, plan):
    return ALLOWED if user.username == BOSS else denied("只有负责人可以审批。")


FLOW = Workflow(
    PlanState,
    [
        Transition("submit", "提交", ("draft",), "submitted", lambda user, plan: ALLOWED),
        Transition("return", "退回", ("submitted",), "returned", only_the_boss, needs_reason=True),
        Transition("approve", "批准", ("submitted",), "approved", only_the_boss),
    ],
)


@pytest.fixture
def plan():
    return PlanFactory(state="draft")


@pytest.fixture
def clerk():
    return UserFactory(name="周文")


def test_a_step_changes_the_state_and_logs_who_and_why(plan, clerk):
    with FLOW.step(plan, "submit", by=clerk, reason=" 请审批 "):
        pass
    event = history(plan)[0]
    assert plan.state == AnnualPlan.objects.get(pk=plan.pk).state == "submitted"
    assert (event.name, event.from_state, event.to_state) == ("submit", "draft", "submitted")
    assert (event.actor, event.actor_name, event.reason) == (clerk, "周文", "请审批")


def test_a_step_is_in_the_audit_trail(plan, clerk):
    with FLOW.step(plan, "submit", by=clerk):
        pass
    entry = AuditEntry.objects.get(action="annualplan.submit")
    assert (entry.actor, entry.object_id, entry.office) == (clerk, str(plan.pk), plan.office.code)


def test_the_locked_rows_own_writes_are_saved_with_the_state(plan, clerk):
    with FLOW.step(plan, "submit", by=clerk) as locked:
        locked.title = "改过的标题"
    assert AnnualPlan.objects.get(pk=plan.pk).title == "改过的标题"


def test_a_wrong_state_is_refused_with_both_names(plan, clerk):
    with pytest.raises(StateChanged, match="现在是“起草中”，不能再“批准”"), FLOW.step(plan, "approve", by=clerk):
        pass


def test_a_denied_actor_gets_the_reason(clerk):
    plan = PlanFactory(state="submitted")
    with pytest.raises(Denied, match="只有负责人可以审批"), FLOW.step(plan, "approve", by=clerk):
        pass
    assert AnnualPlan.objects.get(pk=plan.pk).state == "submitted"


def test_a_needed_reason_must_be_more_than_blanks():
    plan = PlanFactory(state="submitted")
    boss = UserFactory(username=BOSS)
    with pytest.raises(DomainError, match="请填写理由") as caught, FLOW.step(plan, "return", by=boss, reason="  "):
        pass
    assert caught.value.field == "reason"


def test_a_failing_body_leaves_nothing_behind(plan, clerk):
    with pytest.raises(DomainError), FLOW.step(plan, "submit", by=clerk) as locked:
        locked.title = "不应留下"
        raise DomainError("中途出错")
    assert not history(plan)
    assert AnnualPlan.objects.get(pk=plan.pk).title == plan.title


def test_the_side_doors_are_shut(plan):
    plan.state = "approved"
    with pytest.raises(RuntimeError):
        plan.save()
    with pytest.raises(RuntimeError):
        AnnualPlan.objects.filter(pk=plan.pk).update(state="approved")


@pytest.mark.parametrize("change", ["UPDATE core_workflowevent SET reason='x'", "DELETE FROM core_workflowevent"])
def test_the_log_is_append_only(plan, clerk, change):
    from django.db import connection

    with FLOW.step(plan, "submit", by=clerk):
        pass
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert WorkflowEvent.objects.count() == 1


def test_buttons_come_from_the_same_table(clerk):
    plan = PlanFactory(state="submitted")
    actions = FLOW.actions(clerk, plan, url=lambda name: f"/do/{name}/")
    assert [(each.name, each.allowed, each.url) for each in actions] == [
        ("return", False, "/do/return/"),
        ("approve", False, "/do/approve/"),
    ]
    assert actions[1].denied_reason == "只有负责人可以审批。"


def test_a_transition_name_is_unique():
    twice = Transition("submit", "提交", ("draft",), "submitted", lambda user, plan: ALLOWED)
    with pytest.raises(ValueError, match="twice"):
        Workflow(PlanState, [twice, twice])


def test_nobody_decides_on_a_text_that_changed_meanwhile():
    plan, boss = PlanFactory(state="submitted", version=3), UserFactory(username=BOSS)
    with pytest.raises(StateChanged, match="刚刚有改动"), FLOW.step(plan, "approve", by=boss, version=2):
        pass
    with FLOW.step(plan, "approve", by=boss, version=3):
        pass
    assert plan.state == "approved"
