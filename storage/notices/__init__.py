"""What staff write once and many receive, and its true account."""
