"""Basic data keeps no version of its own; the second of two editors is told all the same."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def opened(client, url):
    """What the form holds when it is opened: its fields and the version it carries."""
    form = client.get(url).context["form"]
    page = client.get(url).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()} | {"version": version}


@pytest.fixture
def office_url(world, sign_in):
    return reverse("office_edit", args=[world.offices["town"].pk])


def test_the_second_editor_sees_both_sides(world, sign_in, office_url):
    first, second = sign_in("county_head"), sign_in("county_head")
    mine, theirs = opened(first, office_url), opened(second, office_url)
    assert second.post(office_url, {**theirs, "phone": "0552-8001"}).status_code == 302
    answer = first.post(office_url, {**mine, "phone": "0552-9009"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "0552-8001" in page and "0552-9009" in page
    world.offices["town"].refresh_from_db()
    assert world.offices["town"].phone == "0552-8001"


def test_saving_again_is_a_decision(world, sign_in, office_url):
    first, second = sign_in("county_head"), sign_in("county_head")
    mine, theirs = opened(first, office_url), opened(second, office_url)
    second.post(office_url, {**theirs, "phone": "0552-8001"})
    page = first.post(office_url, {**mine, "phone": "0552-9009"}).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    assert first.post(office_url, {**mine, "phone": "0552-9009", "version": version}).status_code == 302


def test_a_change_of_something_else_is_none(world, sign_in, office_url):
    """What the form does not show does not matter to it."""
    client = sign_in("county_head")
    mine = opened(client, office_url)
    type(world.offices["town"]).objects.filter(pk=world.offices["town"].pk).update(is_active=False)
    assert client.post(office_url, {**mine, "phone": "0552-7007"}).status_code == 302
