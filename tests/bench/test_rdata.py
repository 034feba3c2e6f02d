import bz2
import struct

import pytest

from bench import rdata

INTEGERS = struct.pack(">iiiii", 13, 3, 1, 2, 3)


def text(value):
    return struct.pack(">ii", 9, len(value)) + value.encode()


def test_columns_of_a_frame_are_read(tmp_path):
    names = (
        struct.pack(">iii", 1026, 1, 0)[:8]
        + text("names")
        + struct.pack(">ii", 16, 2)
        + text("s")
        + text("y")
    )
    frame = struct.pack(">ii", 19 | 512, 2) + INTEGERS + struct.pack(">iidd", 14, 2, 1.5, 2.5)
    frame += names + struct.pack(">i", 254)
    pairs = struct.pack(">ii", 1026, 1) + text("Set") + frame + struct.pack(">i", 254)
    path = tmp_path / "set.rda"
    path.write_bytes(bz2.compress(b"RDX2\nX\n" + struct.pack(">iii", 2, 0, 0) + pairs))
    columns = rdata.frame(path, "Set")
    assert {name: values.tolist() for name, values in columns.items()} == {"s": [1, 2, 3], "y": [1.5, 2.5]}


def test_other_files_are_refused(tmp_path):
    (tmp_path / "set.rda").write_bytes(b"RDA2\nA\n2\n")
    with pytest.raises(ValueError, match="not an R data file"):
        rdata.frame(tmp_path / "set.rda", "Set")
