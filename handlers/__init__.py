"""An update arrives: one module per situation of a person.

A handler parses, makes one storage call and shows one screen. No SQL, no arithmetic, no text.
"""
