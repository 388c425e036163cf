"""Broken and hostile workbooks end in one sentence on the upload page; nothing is saved."""

import openpyxl
import pytest

from members.models import Member, MemberImport
from tests.files import workbooks
from tests.files.case import Case

pytestmark = pytest.mark.django_db


def posted(browser, world, case):
    data = {
        "office": world.offices["town"].pk,
        "term": world["session"].term_id,
        "file": case.upload(),
    }
    return browser.post("/members/import/", data)


@pytest.mark.parametrize("case", workbooks.REFUSED, ids=str)
def test_a_bad_workbook_gets_one_sentence(case, world, sign_in, caplog):
    before = Member.objects.count()
    response = posted(sign_in("staff"), world, case)
    messages = response.context["form"].errors
    assert response.status_code in {409, 422}
    assert sum(len(each) for each in messages.values()) == 1
    assert case.says in str(messages)
    assert (Member.objects.count(), MemberImport.objects.count()) == (before, 0)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_the_good_workbook_of_the_corpus_is_good(world, sign_in):
    response = posted(sign_in("staff"), world, Case("good", "名册.xlsx", workbooks.good))
    assert response.status_code == 302
    assert MemberImport.objects.get().created_count == 1


def test_openpyxl_refuses_entities_only_with_defusedxml():
    assert openpyxl.DEFUSEDXML
