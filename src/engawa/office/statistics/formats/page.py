"""The report as one HTML file that needs nothing beside it."""

from django.template.loader import render_to_string

from engawa.kernel.japanese import written_in_japanese
from engawa.office.statistics.formats.printed import figure_of, scope_printed, table_printed
from engawa.office.statistics.verification import Report


@written_in_japanese
def as_page(report: Report) -> bytes:
    """The report as a self-contained page: tables, figures, definitions."""
    return render_to_string(
        "statistics/report_file.html",
        {
            "title": report.title,
            "scope": scope_printed(report.scope, eras=True),
            "parts": [(table_printed(table, eras=True), figure_of(table, eras=True)) for table in report.tables],
        },
    ).encode()
