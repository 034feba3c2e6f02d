"""Template tags of the programme: what its pages say to machines."""
