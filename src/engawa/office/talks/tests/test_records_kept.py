"""How long records are kept is a dated rule: a new one does not touch what was promised before."""

import datetime as dt

import pytest

from engawa.office.talks.rules import words_kept_from
from engawa.post import keeping
from engawa.post.keeping import RECORDS_KEPT, RecordsKept, longest_records_kept, records_kept_years


def test_every_rule_names_its_source() -> None:
    assert all(rule.source for rule in RECORDS_KEPT)
    assert [rule.since for rule in RECORDS_KEPT] == sorted(rule.since for rule in RECORDS_KEPT)


def test_what_ended_under_an_older_rule_is_kept_as_it_was_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = (RecordsKept(dt.date(2020, 4, 1), 5, "前の規程"), RecordsKept(dt.date(2026, 4, 1), 3, "新しい規程"))
    monkeypatch.setattr(keeping, "RECORDS_KEPT", rules)
    assert [records_kept_years(dt.date(year, 5, 1)) for year in (2019, 2025, 2026)] == [5, 5, 3]
    assert longest_records_kept() == 5
    # Ended in fiscal 2025: kept to the end of 2030, though by the newer rule it would be gone after 2028.
    assert words_kept_from(dt.date(2030, 6, 1)) == dt.date(2025, 4, 1)
    assert words_kept_from(dt.date(2031, 6, 1)) == dt.date(2028, 4, 1)
