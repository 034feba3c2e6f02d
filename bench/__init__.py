"""Repeatable measurements of Summitry beside its closest peer, as ratios.

`python -m bench NAME` loads one synthetic summit (bench.summit) into both systems, serves both with two workers on
this machine, measures them in alternating slices of the same run, prints a table and, last, one `ratio:` line.

What makes it fair:

* the same content (22 forums, 20 rooms, 3 days, 300 sessions, 600 speakers), entered through each system's own models;
* each system as its documentation says to serve it, with two workers, its default SQLite and no added cache service;
* what a page has to show is checked in both (bench.content) before anything is measured;
* the measure is requests per second of CPU that the server's whole process tree used: load from elsewhere on the
  machine stretches the wall clock, but not this. Requests per second and latencies are printed for the picture only;
* a slice is a fixed number of finished requests, so no CPU is spent on answers that are not counted;
* slices alternate and the ratio is the median over the rounds, because a virtual machine's clock speed wanders.

It is not a load test of a deployment, and it keeps no history: figures of two runs are not comparable, ratios are.
The peer's package is installed in an environment of its own under `var/bench`; nothing of it is imported here.
"""
