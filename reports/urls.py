from django.urls import path

from reports import views

urlpatterns = [
    path("reports/make/<str:document>/<int:office>/<int:year>/", views.report_make, name="report_make"),
    path("papers/<slug:document>/<int:pk>/<int:part>/", views.paper_make, name="paper_part_make"),
    path("papers/<int:pk>/file/", views.paper_file, name="paper_file"),
    path("reports/", views.report_list, name="report_list"),
    path("reports/fonts/", views.font_check, name="font_check"),
    path("reports/<int:pk>/", views.report_detail, name="report_detail"),
    path("reports/<int:pk>/file/", views.report_file, name="report_file"),
]
