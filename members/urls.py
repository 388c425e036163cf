from django.urls import path

from members.views import accounts, importing, own, papers, records

urlpatterns = [
    path("my/record/", own.my_record, name="my_record"),
    path("members/", records.member_list, name="member_list"),
    path("members/new/", records.member_create, name="member_create"),
    path("members/accounts/", accounts.member_accounts, name="member_accounts"),
    path("members/address-book/", papers.address_book, name="member_address_book"),
    path("members/birthdays/", papers.birthdays, name="member_birthdays"),
    path("members/import/", importing.member_import, name="member_import"),
    path("members/import/template/", importing.member_import_template, name="member_import_template"),
    path("members/import/<int:pk>/", importing.member_import_detail, name="member_import_detail"),
    path("members/import/<int:pk>/errors/", importing.member_import_errors, name="member_import_errors"),
    path("members/import/<int:pk>/<str:action>/", importing.member_import_act, name="member_import_act"),
    path("members/<int:pk>/", records.member_detail, name="member_detail"),
    path("members/<int:pk>/edit/", records.member_edit, name="member_edit"),
    path("members/<int:pk>/leave/", records.member_leave, name="member_leave"),
    path("members/<int:pk>/reinstate/", records.member_reinstate, name="member_reinstate"),
    path("members/<int:pk>/private/", records.member_private, name="member_private"),
    path("members/<int:pk>/account/", accounts.member_account, name="member_account"),
]
