"""Questionnaires, screening, case-task rules, statistics and suppression: values in, values out.

Nothing here reads the clock, a file of the user, a database or the network.
"""
