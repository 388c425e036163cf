"""The attendance sheet on paper: its head on every page, a place to sign for everybody, what was registered."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from activities.models import Attendance, CheckIn
from activities.services import sheet
from core import jobs
from tests.factories import (
    ActivityFactory,
    AttendanceFactory,
    GroupFactory,
    MemberFactory,
    OfficeFactory,
    PostingFactory,
    TermFactory,
    UserFactory,
)
from tests.factories import moment as on
from tests.pdf.measure import characters, opened, page_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    office = OfficeFactory(short_name="清溪镇联络处")
    activity = ActivityFactory(
        office=office, title="视察河道治理", starts_at=on(5, 8), ends_at=on(5, 8, 12), place="河口"
    )
    people = {"office": office, "group": GroupFactory(office=office, name="第一组"), "term": TermFactory(office=office)}
    for member in MemberFactory.create_batch(45, **people):
        AttendanceFactory(activity=activity, member=member, state="present", arrived_at=on(5, 8, 8))
    return activity


def printed(activity, **options):
    return page_text(sheet.printed(activity, moment=on(5, 9), **options).data)


def test_title_time_and_place_stand_on_every_page(meeting):
    pages = printed(meeting, blank=True)
    assert len(pages) == 3
    for number, text in enumerate(pages, 1):
        assert all(part in text for part in ("视察河道治理", "2026年5月8日 09:00", "地点：河口", "签名"))
        assert f"第 {number} 页，共 3 页" in text


def test_a_title_as_long_as_may_be_leaves_the_office_on_the_sheet(meeting):
    meeting.title = "很长的活动名称" * 17 + "㛃"
    data = sheet.printed(meeting, moment=on(5, 9), blank=True).data
    assert min(char.top for char in characters(opened(data)[0])) > 4 and "㛃" in page_text(data)[0]


def test_a_blank_sheet_tells_nothing_but_leave_and_has_spare_rows(meeting):
    row = meeting.attendances.first()
    Attendance.objects.filter(pk=row.pk).update(state="leave", reason="腿伤")
    text = "".join(printed(meeting, blank=True))
    assert "请假" in text and "51" in text
    assert not any(word in text for word in ("腿伤", "08:00", "出席", "实到"))


def test_a_filled_sheet_tells_times_states_and_sums(meeting):
    late, left, *_ = meeting.attendances.all()
    Attendance.objects.filter(pk=late.pk).update(state="late", arrived_at=on(5, 8) + timedelta(minutes=25))
    Attendance.objects.filter(pk=left.pk).update(state="left_early", left_at=on(5, 8, 10))
    text = "".join(printed(meeting, blank=False))
    assert all(part in text for part in ("09:25", "08:00—10:00", "应到45人，实到45人，迟到1人，早退1人。"))


def test_who_checked_in_by_own_phone_has_signed(meeting):
    row = meeting.attendances.first()
    user = UserFactory()
    CheckIn.objects.create(activity=meeting, member=row.member, method="wall_code", happened_at=on(5, 8), by=user,
                           key=uuid4())  # fmt: skip
    assert "本人扫码签到" in "".join(printed(meeting, blank=False)) and "本人" not in "".join(
        printed(meeting, blank=True)
    )


def test_a_filed_sheet_stands_among_the_materials(meeting):
    clerk = PostingFactory(office=meeting.office, role="staff").user
    job = sheet.request_sheet(by=clerk, activity=meeting, kind=sheet.Sheet.FILED)
    with transaction.atomic():
        result = jobs.kinds.get(job.kind).run(lambda *stage: None, **job.params)()
    kept = meeting.materials.get()
    assert (kept.kind, kept.file, kept.shared) == ("sign_in", result.file, False)
