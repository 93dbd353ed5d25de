"""Turn the bytes of a PDF or of an image file into one picture for each page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.rejected import UnreadableFile
from ingest.sniff import NAMES, kind

if TYPE_CHECKING:
    from PIL.Image import Image

POINTS = 72
"""Points in an inch."""
LONGEST_SIDE = 2800
"""Pixels to which a page is reduced: 240 dpi of A4, beyond which nothing more can be read."""
LOWEST_DPI, HIGHEST_DPI = 60.0, 1200.0
"""What a scanner can have written into a file; anything else is a default of some program."""
USUAL_DPI = 200.0
"""Taken where the file says nothing."""
MOST_PIXELS = 80_000_000
"""Pixels of the largest page taken on: A4 at 900 dpi."""
MOST_PAGES = 100
"""Pages of the longest scan taken on, which then takes about ten minutes."""

FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP")
"""What is read, whatever the extension; Pillow hands other formats to programs of the system."""
_PICTURES = ("png", "jpg", "tif")

Pixels = NDArray[np.uint8]


class Picture(NamedTuple):
    """One page: red, green and blue in an array (height, width, 3), and its size in points.

    ``is_measured`` is False where the size is a guess.
    """

    page: int
    pixels: Pixels
    width: float
    height: float
    is_measured: bool = True


def pdf_pictures(
    data: bytes, pages: Sequence[int] | None = None, dpi: float | None = None
) -> Iterator[Picture]:
    """Render pages of a PDF, counted from 1; all of them if ``pages`` is None.

    ``dpi`` is the resolution wanted, None for that of the page's largest image.

    Raises :class:`UnreadableFile` with reason ``damaged`` or ``too_large``.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            wanted = range(1, len(document) + 1) if pages is None else pages
            _require_few(len(wanted))
            for number in wanted:
                yield _render(document[number - 1], number, dpi)
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("damaged", "PDF已损坏，请重新扫描或重新下载。") from error


def image_pictures(data: bytes, pages: Sequence[int] | None = None) -> Iterator[Picture]:
    """Read pages of an image file, as a TIFF may hold several; all of them if ``pages`` is None.

    Raises :class:`UnreadableFile` with reason ``empty``, ``wrong_extension``, ``damaged`` or
    ``too_large``.
    """
    import PIL.Image

    if not data.strip():
        raise UnreadableFile("empty", "文件是空的，请重新扫描或下载后再提供。")
    found = kind(data)
    if found and found not in _PICTURES:
        raise UnreadableFile(
            "wrong_extension",
            f"文件扩展名是图片的，内容却是{NAMES[found]}，请把扩展名改为{found}。",
        )
    with warnings.catch_warnings():
        # Pillow warns of large pictures and odd metadata; the size is judged below.
        warnings.simplefilter("ignore")
        try:
            with PIL.Image.open(io.BytesIO(data), formats=FORMATS) as image:
                # The further pictures of other formats are previews, or an animation.
                count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
                _require_few(count)
                for number in range(1, count + 1):
                    if pages is None or number in pages:
                        image.seek(number - 1)
                        yield _picture(image, number)
        except (UnreadableFile, MemoryError):
            raise
        except PIL.Image.DecompressionBombError as error:
            raise _too_large() from error
        except Exception as error:  # Pillow's decoders raise whatever a broken file makes them.
            raise UnreadableFile(
                "damaged", "图片已损坏或不是图片，请重新扫描或另存为PNG、PDF后再提供。"
            ) from error


def _too_large() -> UnreadableFile:
    return UnreadableFile("too_large", "图片过大，请以200到300 dpi重新扫描后再提供。")


def _require_few(pages: int) -> None:
    if pages > MOST_PAGES:
        raise UnreadableFile(
            "too_large", f"扫描件有{pages}页，超过{MOST_PAGES}页，请只提供年度报告的部分。"
        )


def _render(page: Any, number: int, dpi: float | None) -> Picture:
    """Render a page; at the resolution of its largest image nothing is lost or made up."""
    width, height = page.get_size()
    if dpi is None:
        dpi = max(max(_image_resolutions(page), default=USUAL_DPI), USUAL_DPI * 3 / 4)
    dpi = min(dpi, LONGEST_SIDE / max(width, height, 1.0) * POINTS)
    bitmap = page.render(scale=dpi / POINTS, rev_byteorder=True, no_smoothpath=False)
    pixels = np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8)
    page.close()
    return Picture(number, pixels, width, height)


def _image_resolutions(page: Any) -> Iterator[float]:
    """Yield the dots per inch of each image that covers a good part of the page."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    width, height = page.get_size()
    for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) < width * height / 4:
            continue
        yield max(image.get_px_size()) / max(right - left, top - bottom) * POINTS


def _picture(image: Image, number: int) -> Picture:
    import PIL.Image
    import PIL.ImageOps

    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    written = _resolution(image)
    across, down = written or (USUAL_DPI, USUAL_DPI)
    upright = PIL.ImageOps.exif_transpose(image)
    if upright.size == image.size[::-1] and upright.size != image.size:
        across, down = down, across
    width, height = upright.width / across * POINTS, upright.height / down * POINTS
    # A fax has pixels twice as high as wide.
    finest = max(across, down)
    size = (upright.width * finest / across, upright.height * finest / down)
    shrink = min(1.0, LONGEST_SIDE / max(size))
    target = (max(1, round(size[0] * shrink)), max(1, round(size[1] * shrink)))
    plain = _on_white(upright)
    if target != plain.size:
        plain = plain.resize(target, PIL.Image.Resampling.LANCZOS)
    pixels = np.asarray(plain, dtype=np.uint8)
    return Picture(number, pixels, width, height, written is not None)


def _resolution(image: Image) -> tuple[float, float] | None:
    """Return the dots per inch across and down that a scanner has written, if one has."""
    try:
        across, down = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if all(LOWEST_DPI <= value <= HIGHEST_DPI for value in (across, down)):
        return across, down
    return None


def _on_white(image: Image) -> Image:
    """Convert to red, green and blue; what is transparent shows white paper."""
    import PIL.Image

    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, dtype=np.float64)
        top = max(float(values.max(initial=0.0)), 1.0)
        return PIL.Image.fromarray((values / top * 255).astype(np.uint8)).convert("RGB")
    if "A" in image.getbands() or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = PIL.Image.new("RGBA", layer.size, "white")
        return PIL.Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")
