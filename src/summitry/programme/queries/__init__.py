"""Reads of this room. Everything public comes out of one read model, `queries.programme`; the rest refines it."""
