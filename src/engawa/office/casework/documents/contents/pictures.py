"""Pictures: drawn anew, so that place, camera and whatever else was hidden in the file stay behind."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from engawa.office.casework.documents.contents.harmless import PREVIEW, Content, Refused

_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"]
_PHOTOGRAPHS = {"JPEG", "MPO", "WEBP"}  # MPO: how phones write a JPEG with a second one inside
_ORIENTATION = 0x0112
_NOTES = {"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp"}
_DAMAGED = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)
MOST_PIXELS = 60_000_000


def is_picture(body: bytes) -> bool:
    """Whether the content begins like a picture."""
    return body.startswith(_BEGINNINGS) or (body[:4] == b"RIFF" and body[8:12] == b"WEBP")


def draw_anew(body: bytes) -> Content:
    """The same picture without anything that nobody sees.

    Raises:
        Refused: damaged, or larger than can be meant honestly.
    """
    try:
        with Image.open(io.BytesIO(body), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("画像が大きすぎます（6000万画素まで）。小さくしてから加えてください")
            if picture.format == "TIFF" and getattr(picture, "n_frames", 1) > 1:
                raise Refused(
                    "何ページもある画像（TIFF）は、1ページ目しか残せません。"
                    "PDF で保存し直すか、1ページずつ加えてください"
                )
            upright = ImageOps.exif_transpose(picture)
            photograph = picture.format in _PHOTOGRAPHS and "A" not in upright.getbands()
            clean = _copy(upright, "RGB" if photograph else "RGBA")
    except _DAMAGED as error:
        if isinstance(error, Refused):
            raise
        raise Refused("画像が壊れていて、開けません。撮り直すか、保存し直してください") from error
    media_type, extension, options = (
        ("image/jpeg", "jpg", {"format": "JPEG", "quality": 92})
        if photograph
        else ("image/png", "png", {"format": "PNG"})
    )
    return Content(_written(clean, **options), media_type, extension, small(clean), cleaned=True)


def without_notes(body: bytes) -> bytes:
    """A picture within another file, as it lies and in its own format, or empty where it has no notes.

    Raises:
        Refused: damaged, or larger than can be meant honestly.
    """
    try:
        with Image.open(io.BytesIO(body), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("ファイルの中の画像が大きすぎます（6000万画素まで）。小さくしてから入れ直してください")
            exif, lying = picture.getexif(), Image.Exif()
            if not exif and not picture.info.keys() & _NOTES:
                return b""
            if turned := exif.get(_ORIENTATION):
                lying[_ORIENTATION] = turned
            photograph = picture.format in {"JPEG", "MPO"}
            clean = _copy(picture, "RGB" if photograph else "RGBA")
            return _written(clean, format="JPEG" if photograph else picture.format, exif=lying)
    except _DAMAGED as error:
        if isinstance(error, Refused):
            raise
        raise Refused("ファイルの中の画像が壊れていて、開けません。画像を入れ直してください") from error


def small(picture: Image.Image) -> bytes:
    """A preview: at most ``PREVIEW`` pixels wide and high, on white, as JPEG."""
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A") if "A" in picture.getbands() else None)
    ground.thumbnail((PREVIEW, PREVIEW))
    return _written(ground, format="JPEG", quality=80)


def _copy(picture: Image.Image, mode: str) -> Image.Image:
    """The pixels alone: a new image knows nothing of the old one's notes."""
    clean = Image.new(mode, picture.size)
    clean.paste(picture.convert(mode))
    return clean


def _written(picture: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, **options)  # type: ignore[arg-type] # Pillow's own options
    return out.getvalue()
