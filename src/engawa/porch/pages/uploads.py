"""The porch takes words and no files: what a browser sends as one is read past, and written to no disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFiles(FileUploadHandler):
    """Skips every file, however large; the fields beside it arrive."""

    def new_file(self, *_args: Any, **_kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's signature
        """Nothing of a skipped file comes here."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """There is no file."""
