"""Descriptions that were copied from another applicant: found by MinHash, shown sentence beside sentence."""
