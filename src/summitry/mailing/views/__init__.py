"""The pages of this room: they parse, call an action or a query, and present."""
