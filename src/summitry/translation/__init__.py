"""The translation workbench: what is untranslated, by whom and by when it is due, and the way in and out for tools.

It works on every translated text of an edition that a room registers as a source; the texts and their states stay with
their owners. It is not the interface's catalogues (gettext), and not interpretation, which is speech.
"""
