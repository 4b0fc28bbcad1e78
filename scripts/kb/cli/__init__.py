"""The commands: they read what was typed, call the stages, print, and decide the exit code.

One module for each family. Exit code 0 when all went well, 1 for errors in notes, 2 for what cannot be
read or done, with one line that says why.
"""
