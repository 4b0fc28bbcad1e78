"""The knowledge base: notes are read, linked and written as pages.

The folders tell the flow of the data, and imports go one way along it::

    model, text -> read, write -> registry -> link -> pages -> site
"""
