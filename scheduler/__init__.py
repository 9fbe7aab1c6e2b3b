"""The clock ticks: the only place naming APScheduler. Rules of what is due live elsewhere."""
