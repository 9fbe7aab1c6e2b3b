"""How the running bot is watched: health, measures, ports, logs."""
