"""What is kept of imports: the file until it is done with, rows set aside until they are mended."""

from engawa.kernel.privacy import Keeping
from engawa.office.ledger.models import Import, SetAsideRow, Upload

IMPORT = Keeping(
    Import,
    personal={},
    plain=frozenset({"id", "file_name", "organisation", "by", "by_name", "made_at", "stage", "refusal", "counts"})
    | {"counts_before", "remarks", "founded", "rows_read", "rows_in_all", "taken_at", "taken_by_name"}
    | {"undone_at", "undone_by_name"},
    kept="取り込みの記録として、自治体の文書保存年限まで",
)
UPLOAD = Keeping(
    Upload,
    personal={"content": b""},
    plain=frozenset({"id", "belongs_to", "name"}),
    kept="取り込みが済むか、取りやめるまで",
)
SET_ASIDE = Keeping(
    SetAsideRow,
    personal={"value": "", "cells": {}},
    plain=frozenset({"id", "belongs_to", "position", "sheet", "row", "column", "problem", "accepted"}),
    kept="取り込みの記録とともに",
)
