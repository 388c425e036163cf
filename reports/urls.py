from django.urls import path

from reports.views import archive, papers, reports

urlpatterns = [
    path("reports/make/<str:document>/<int:office>/<int:year>/", reports.report_make, name="report_make"),
    path("papers/<slug:document>/<int:pk>/<int:part>/", papers.paper_make, name="paper_part_make"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper_file"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/approved/", archive.approved_list, name="approved_list"),
    path("reports/archive/", archive.archive_list, name="archive_list"),
    path("reports/archive/<int:pk>/file/", archive.archive_file, name="archive_file"),
    path("reports/fonts/", reports.font_check, name="font_check"),
    path("reports/<int:pk>/", reports.report_detail, name="report_detail"),
    path("reports/<int:pk>/file/", reports.report_file, name="report_file"),
]
