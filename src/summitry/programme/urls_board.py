"""Addresses of the board, of publication and of the versions, in the console."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.programme.views.board import board, board_move, board_state, move
from summitry.programme.views.publish import capacities, publish
from summitry.programme.views.versions import compare, forward, versions

console: list[URLPattern] = [
    path("board/", board, name="board"),
    path("board/state/", board_state, name="board_state"),
    path("board/move/", board_move, name="board_move"),
    path("board/move/<str:code>/", move, name="move"),
    path("board/capacities/", capacities, name="capacities"),
    path("publish/", publish, name="publish"),
    path("versions/", versions, name="versions"),
    path("versions/compare/", compare, name="compare"),
    path("versions/<int:number>/forward/", forward, name="forward"),
]
