"""Forms of the gates room: zones and rules, gates and devices, badge layouts, printing and hand-out."""
