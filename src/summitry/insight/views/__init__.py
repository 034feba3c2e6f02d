"""The record's pages: thin doors that parse, call and render."""
