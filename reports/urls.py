from django.urls import include, path

from reports.views import archive, manuscripts, manuscripts_editing, papers, reports

urlpatterns = [
    path("", include("reports.statistics.urls")),
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
    path("reports/manuscripts/", manuscripts.manuscript_list, name="manuscript_list"),
    path("reports/manuscripts/start/", manuscripts.manuscript_start, name="manuscript_start"),
    path("reports/manuscripts/<int:pk>/", manuscripts.manuscript_detail, name="manuscript_detail"),
    path("reports/manuscripts/<int:pk>/edit/", manuscripts_editing.manuscript_edit, name="manuscript_edit"),
    path("reports/manuscripts/<int:pk>/photos/", manuscripts_editing.manuscript_photos, name="manuscript_photos"),
    path("reports/manuscripts/<int:pk>/check/", manuscripts_editing.manuscript_check, name="manuscript_check"),
    path("reports/manuscripts/<int:pk>/step/<slug:action>/", manuscripts.manuscript_step, name="manuscript_step"),
    path("reports/manuscripts/<int:pk>/print/", manuscripts.manuscript_print, name="manuscript_print"),
    path("reports/manuscripts/<int:pk>/versions/", manuscripts.manuscript_versions, name="manuscript_versions"),
    path("reports/manuscripts/<int:pk>/correct/", manuscripts.manuscript_correct, name="manuscript_correct"),
    path("reports/manuscripts/<int:pk>/discard/", manuscripts.manuscript_discard, name="manuscript_discard"),
]
