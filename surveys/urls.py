from django.urls import path

from surveys.views import answering, office

urlpatterns = [
    path("surveys/", office.survey_list, name="survey_list"),
    path("surveys/mine/", answering.survey_mine, name="survey_mine"),
    path("surveys/new/", office.survey_new, name="survey_new"),
    path("surveys/<int:pk>/", office.survey_detail, name="survey_detail"),
    path("surveys/<int:pk>/edit/", office.survey_edit, name="survey_edit"),
    path("surveys/<int:pk>/preview/", office.survey_preview, name="survey_preview"),
    path("surveys/<int:pk>/discard/", office.survey_discard, name="survey_discard"),
    path("surveys/<int:pk>/remind/", office.survey_remind, name="survey_remind"),
    path("surveys/<int:pk>/paper/", office.survey_paper, name="survey_paper"),
    path("surveys/<int:pk>/keep/", office.survey_keep, name="survey_keep"),
    path("surveys/<int:pk>/act/<slug:action>/", office.survey_act, name="survey_act"),
    path("surveys/<int:pk>/results/", office.survey_results, name="survey_results"),
    path("surveys/<int:pk>/sheets/", office.survey_sheets, name="survey_sheets"),
    path("surveys/<int:pk>/answer/", answering.survey_answer, name="survey_answer"),
    path("surveys/<int:pk>/thanks/", answering.survey_thanks, name="survey_thanks"),
    path("surveys/templates/<int:pk>/drop/", office.template_drop, name="survey_template_drop"),
    path("s/<str:token>/", answering.survey_public, name="survey_public"),
    path("s/<str:token>/thanks/", answering.survey_public_thanks, name="survey_public_thanks"),
]
