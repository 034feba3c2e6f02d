"""The public pages: complete without JavaScript, the same for every visitor until the visitor's own parts go in."""
