"""Pages of the guests room: the console's, the focal point's, and the guest's own by link."""
