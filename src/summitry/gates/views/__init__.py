"""Pages of the gates room: the console's, the desk's shell, and the guest's badge by her link."""
