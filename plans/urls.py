from django.urls import path

from plans import views

urlpatterns = [
    path("plans/", views.plan_list, name="plan_list"),
    path("plans/new/", views.plan_create, name="plan_create"),
    path("plans/read/", views.plan_read, name="plan_read"),
    path("plans/read/review/", views.plan_read_review, name="plan_read_review"),
    path("plans/read/part/<int:number>/", views.plan_read_part, name="plan_read_part"),
    path("plans/year/", views.plan_year, name="plan_year"),
    path("plans/items/<int:pk>/", views.plan_item, name="plan_item"),
    path("plans/items/<int:pk>/edit/", views.item_edit, name="plan_item_edit"),
    path("plans/items/<int:pk>/<str:action>/", views.item_act, name="plan_item_act"),
    path("plans/targets/<int:pk>/", views.plan_target, name="plan_target"),
    path("plans/<int:pk>/", views.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/months/", views.plan_months, name="plan_months"),
    path("plans/<int:pk>/changes/", views.plan_changes, name="plan_changes"),
    path("plans/<int:pk>/edit/series/", views.plan_series, name="plan_series"),
    path("plans/<int:pk>/edit/text/", views.plan_edit_text, name="plan_edit_text"),
    path("plans/<int:pk>/edit/targets/", views.plan_edit_targets, name="plan_edit_targets"),
    path("plans/<int:pk>/edit/months/", views.plan_edit_items, name="plan_edit_items"),
    path("plans/<int:pk>/amend/", views.plan_amend, name="plan_amend"),
    path("plans/<int:pk>/adopt/", views.plan_adopt, name="plan_adopt"),
    path("plans/<int:pk>/do/<str:action>/", views.plan_act, name="plan_act"),
]
