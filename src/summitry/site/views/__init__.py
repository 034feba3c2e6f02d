"""The composed pages: thin doors over the queries of several rooms."""
