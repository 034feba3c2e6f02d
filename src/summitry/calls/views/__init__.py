"""Pages of this room: public, by link, and in the console."""
