from django.urls import path

from reports.views import papers, reports

urlpatterns = [
    path("reports/make/<str:document>/<int:office>/<int:year>/", reports.report_make, name="report_make"),
    path("papers/<slug:document>/<int:pk>/<int:part>/", papers.paper_make, name="paper_part_make"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper_file"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/fonts/", reports.font_check, name="font_check"),
    path("reports/<int:pk>/", reports.report_detail, name="report_detail"),
    path("reports/<int:pk>/file/", reports.report_file, name="report_file"),
]
