"""Reading roadmap tables and terms written for people; what is due when. Pure."""
