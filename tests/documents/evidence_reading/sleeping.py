"""Sleeps, whatever it is asked."""

import time

time.sleep(60)
