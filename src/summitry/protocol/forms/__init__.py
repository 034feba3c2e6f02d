"""Forms of this room's pages: they find out what somebody meant and hand it to actions."""
