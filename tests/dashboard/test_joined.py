"""What one page offers of another app."""

import pytest
from django.urls import reverse

from surveys.models import Survey

pytestmark = pytest.mark.django_db


def test_a_held_activity_leads_to_a_survey_of_its_list(world, sign_in):
    browser = sign_in("staff")
    page = browser.get(world["activity.held"].get_absolute_url()).content.decode()
    assert "做反馈问卷" in page
    assert "做反馈问卷" not in browser.get(world["activity.preparing"].get_absolute_url()).content.decode()
    link = f"{reverse('survey_new')}?members={world['member.owner'].pk}"
    assert link in page
    browser.post(link, {"office": world.offices["town"].pk, "title": "反馈", "source": "blank"})
    assert list(Survey.objects.get(title="反馈").chosen.all()) == [world["member.owner"]]
