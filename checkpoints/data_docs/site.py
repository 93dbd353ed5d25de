"""The Data Docs site of one checkpoint run."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from great_expectations.data_context import AbstractDataContext
from great_expectations.render.renderer.site_builder import SiteBuilder

from expectations.rules import Language

SITE = "gouji"
PAGES = "checkpoints.data_docs.pages"


class DataDocsError(RuntimeError):
    """A page of the Data Docs could not be written."""


class OfflineSiteBuilder(SiteBuilder):
    """Builds the pages without the fonts, pictures and animations of the stock pages (4 MB)."""

    def build(
        self, resource_identifiers: Any = None, build_index: bool = True
    ) -> tuple[str | None, Any]:
        """Pages first, because the index lists those that are there."""
        for section in self.site_section_builders.values():
            section.build(resource_identifiers=resource_identifiers)
        _, links = self.site_index_builder.build(build_index=build_index)
        return self.get_resource_url(only_if_exists=False), links


def write_data_docs(
    context: AbstractDataContext, folder: Path, *, language: Language, most_rows: int
) -> Path:
    """Write one page for every stored validation result, and the index; the index is returned.

    ``folder`` is replaced. Raises DataDocsError where a page is missing afterwards, because Great
    Expectations only logs a page that it could not write.
    """
    if folder.exists():
        shutil.rmtree(folder)
    context.add_data_docs_site(SITE, _site(folder, language, most_rows))
    context.build_data_docs(site_names=[SITE])
    index = folder / "index.html"
    written = len(list((folder / "validations").rglob("*.html")))
    expected = len(context.validation_results_store.list_keys())
    if written != expected or not index.is_file() or not index.stat().st_size:
        raise DataDocsError(
            f"{folder}: {written} of {expected} pages of the Data Docs were written"
        )
    return index


def _site(folder: Path, language: Language, most_rows: int) -> Any:
    """The configuration of the site: where it lies, and who makes its pages."""
    rendering = {"most_rows": most_rows, "module_name": PAGES}
    viewing = {**rendering, "language": language}
    return {
        "module_name": __name__,
        "class_name": OfflineSiteBuilder.__name__,
        "show_how_to_buttons": False,
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder),
        },
        "site_index_builder": {
            "class_name": "DefaultSiteIndexBuilder",
            "renderer": {"class_name": "IndexRenderer", **rendering},
            "view": {"class_name": "PageView", "template": "index.html.j2", **viewing},
        },
        "site_section_builders": {
            # The string; the site builder takes None for "as usual".
            "expectations": "None",
            "profiling": "None",
            "validations": {
                "renderer": {"class_name": "SuiteRenderer", **rendering},
                "view": {"class_name": "PageView", "template": "suite.html.j2", **viewing},
            },
        },
    }
