"""Invented applications by the thousand, honest ones and planted frauds, to measure what checks find."""
