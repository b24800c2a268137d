"""Papers as pure functions: (template, mapping) → PDF, tables, images, QR codes.

Nothing here knows a model, a clock or a particular programme: every word that depends on a rulebook
arrives in the data. The same input gives the same bytes.
"""
