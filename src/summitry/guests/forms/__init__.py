"""Forms of the guests room: a form is built from an edition's own questions, or belongs to a record."""
