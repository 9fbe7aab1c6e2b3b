"""What is wrong with the running bot, and how much it has to do."""
