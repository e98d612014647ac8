import uuid
from pathlib import Path

import pytest

from engawa.post.keys import link_ring, office_ring
from engawa.post.sealing import CannotOpen, Cover, key_id_of, new_private_key, public_key_of, seal

COVER = Cover(uuid.uuid4(), uuid.uuid4())


def test_the_first_use_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    key = office_ring(tmp_path).present()
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert office_ring(tmp_path).present() == key


def test_after_rotation_old_keys_still_open_old_letters(tmp_path: Path) -> None:
    ring = office_ring(tmp_path)
    old = public_key_of(ring.present())
    sealed = seal(b"word", COVER, old)
    assert public_key_of(ring.rotate()) == public_key_of(ring.present()) != old
    assert ring.open(sealed, COVER, key_id_of(old)) == b"word"


def test_a_key_that_is_not_on_the_ring_is_named_in_the_reason(tmp_path: Path) -> None:
    public = public_key_of(new_private_key())
    with pytest.raises(CannotOpen, match=key_id_of(public)):
        office_ring(tmp_path).open(seal(b"word", COVER, public), COVER, key_id_of(public))


def test_the_rings_of_two_purposes_keep_apart(tmp_path: Path) -> None:
    rings = [office_ring(tmp_path), link_ring(tmp_path, "office"), link_ring(tmp_path, "porch")]
    assert len({ring.present() for ring in rings}) == 3
