"""A lottery that anybody can repeat: HMAC-SHA256 of each key under a seed, the smallest digests are drawn.

The approach is that of RFC 3797 (Publicly Verifiable Nominations Committee Random Selection): the list and the method are
published before the seed is known, and the seed is something nobody could choose. For each key the digest is
HMAC-SHA256 (RFC 2104, FIPS 198-1) with the seed as key and the entry's key in ASCII decimal digits as message; digests
sort as hexadecimal text. With standard tools: `printf %s KEY | openssl dgst -sha256 -hmac SEED`.
"""

import hmac
from collections.abc import Iterable


def lottery(keys: Iterable[int], places: int, seed: bytes | str) -> tuple[int, ...]:
    """Draw `places` of the keys, all equally likely for a seed that nobody knew; in the order drawn.

    The order of `keys` does not matter. A seed of text is its UTF-8. Raises ValueError for keys that are there twice, for
    more places than keys and for an empty seed.
    """
    known = sorted(keys)
    if len(set(known)) != len(known):
        raise ValueError("A key is there twice.")
    if not 0 <= places <= len(known):
        raise ValueError(f"{places} places for {len(known)} keys.")
    if not seed:
        raise ValueError("A lottery needs a seed.")
    return tuple(sorted(known, key=lambda key: (ticket(key, seed), key))[:places])


def ticket(key: int, seed: bytes | str) -> str:
    """Return the digest by which a key is drawn, in hexadecimal; the smallest are drawn first."""
    secret = seed.encode() if isinstance(seed, str) else seed
    return hmac.digest(secret, str(key).encode("ascii"), "sha256").hex()
