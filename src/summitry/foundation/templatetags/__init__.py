"""Template tags and filters, available in every template without loading."""
