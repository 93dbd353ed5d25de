"""A report for the tests of the renderers, and its rows as the form prints them."""

from data.generator import prose
from data.generator.draws import draw
from data.generator.forms import form_cells, row_key
from data.generator.report import Report, print_figures

AGENCY = "云溪县示例教育局"
YEAR = 2021


def report(edition="standard_2021", single_other_row=False, style="dense"):
    figures = draw(edition, 11, style, single_other_row)
    voice = prose.Voice(2, YEAR)
    return Report(
        agency=AGENCY,
        year=YEAR,
        edition=edition,
        printed=print_figures(figures, edition, plus_sign=True, unit_in_cell=True),
        title=prose.title(AGENCY, YEAR),
        introduction=prose.introduction(AGENCY, voice),
        sections=prose.sections(figures, voice),
    )


def printed_rows(made, single_other_row=False):
    """The values of every row of the form as printed, the rows sorted."""
    rows = {}
    for spec in form_cells(made.edition, single_other_row):
        rows.setdefault(row_key(spec.cell), []).append(made.printed[spec.cell])
    return sorted(rows.values())
